import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { failureText } from '../engine/failure.ts';
import { fileError } from '../engine/fileError.ts';
import { openDataset } from '../engine/files.ts';
import { inputImage } from '../engine/network.ts';
import { CPU_DEVICE } from '../engine/session.ts';
import { exportTorch } from '../engine/torchExport.ts';
import { sizeText } from '../sizeText.ts';
import { type ExitCode, type Invocation, UsageError } from './command.ts';
import { counted, countOf } from './output.ts';
import { writeOutput } from './outputFile.ts';
import { withWeights } from './trained.ts';

/** Writes the network as a project of PyTorch into a folder. Throws UserError. */
export async function exportTorchProject(
  { positionals: [file = ''], options, output, files, open }: Invocation,
  folder: string,
): Promise<ExitCode> {
  const project = await open(file);
  const { graph, weights } = withWeights(project, file, output);
  await checkFolder(folder, options.force === true);
  const { document } = graph;
  const image = inputImage(document);
  const data = await openDataset(document.data.source, files, document.data, { image }).catch(failureText);
  const {
    model,
    parameters,
    files: contents,
    withoutData,
  } = await exportTorch({
    graph,
    weights,
    data,
    device: CPU_DEVICE,
  });
  let bytes = 0;
  for (const [path, content] of contents) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true }).catch((error) => {
      throw fileError(dirname(target), error);
    });
    await writeOutput(target, content);
    bytes += content.length;
  }
  output.printJson({ output: folder, files: [...contents.keys()], bytes, class: model.name, parameters });
  if (withoutData !== null) {
    output.note({
      en: `The project has no samples: ${withoutData.en} Its README.md says which arrays train.py reads.`,
      zh: `项目中没有样本：${withoutData.zh}README.md 说明了 train.py 读取的数组。`,
    });
  }
  output.print(
    output.words({
      en: `${folder}: ${countOf(contents.size, 'file')}, ${sizeText(bytes)}; class ${model.name} with ${countOf(parameters, 'parameter')}. Check it with PyTorch: python ${join(folder, 'check.py')}`,
      zh: `${folder}：${contents.size} 个文件，${sizeText(bytes)}；类 ${model.name}，${counted(parameters)} 个参数。用 PyTorch 校验：python ${join(folder, 'check.py')}`,
    }),
  );
  return 0;
}

/** Throws UserError unless the project can be written there without mixing it with other files. */
async function checkFolder(folder: string, force: boolean): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw fileError(folder, error);
  });
  if (found === null) return checkParent(folder);
  if (!found.isDirectory()) {
    throw new UsageError({
      en: `“${folder}” is a file. Give a folder for the PyTorch project.`,
      zh: `“${folder}”是文件。请为 PyTorch 项目指定一个文件夹。`,
    });
  }
  const names = await readdir(folder).catch((error) => {
    throw fileError(folder, error);
  });
  if (names.length === 0 || force) return;
  throw new UsageError({
    en: `Folder “${folder}” is not empty. Choose another folder, or add --force to overwrite the files of the project in it.`,
    zh: `文件夹“${folder}”不为空。请换一个文件夹，或加 --force 覆盖其中的项目文件。`,
  });
}

async function checkParent(folder: string): Promise<void> {
  const parent = dirname(resolve(folder));
  const found = await stat(parent).catch(() => null);
  if (found?.isDirectory() === true) return;
  throw new UsageError({
    en: `Cannot write “${folder}”: folder “${parent}” does not exist. Create it, or choose another folder.`,
    zh: `无法写入“${folder}”：文件夹“${parent}”不存在。请创建该文件夹，或换一个文件夹。`,
  });
}
