import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { everyTensor } from '../../importing/everyTensor.ts';
import { elementCount } from '../../ir/tensor.ts';
import { TensorProto_DataLocation as DataLocation, type ModelProto, type TensorProto } from '../../onnx/gen/onnx_pb.ts';
import { bytesPerElement } from '../../onnx/tensors.ts';
import { UserError } from '../../text.ts';

/** Bytes per read; the calls of the system support at most 2 GB. */
const PIECE = 256 * 2 ** 20;

/**
 * Reads the tensors of a model that are in other files. Only files in the folder of the model are read, and folders in it.
 * Throws UserError. `name`: name of the model in messages.
 */
export async function readExternalTensors(model: ModelProto, folder: string, name: string): Promise<void> {
  for (const tensor of everyTensor(model)) {
    if (tensor.dataLocation !== DataLocation.EXTERNAL) continue;
    tensor.rawData = await valuesOf(tensor, folder, name);
    tensor.dataLocation = DataLocation.DEFAULT;
    tensor.externalData = [];
  }
}

async function valuesOf(tensor: TensorProto, folder: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const entry = (key: string): string => tensor.externalData.find((each) => each.key === key)?.value ?? '';
  const location = entry('location');
  const path = await pathInside(folder, location);
  if (path === null) throw new UserError(outside(name, tensor.name, location));
  const size = bytesPerElement(tensor.dataType);
  const count = elementCount(tensor.dims.map(Number)) * (size ?? Number.NaN);
  const offset = Number(entry('offset') || '0');
  const length = entry('length') === '' ? count : Number(entry('length'));
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) throw new UserError(missing(name, location));
  const fits =
    length === count && Number.isSafeInteger(offset) && offset >= 0 && count >= 0 && offset + count <= found.size;
  if (!fits) throw new UserError(damaged(name, tensor.name, location));
  const handle = await open(path);
  try {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; ) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(PIECE, count - at), offset + at);
      if (bytesRead === 0) throw new UserError(damaged(name, tensor.name, location));
      at += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** The path of a file in the folder, links followed; null for one outside. A missing file is at its place in the folder. */
async function pathInside(folder: string, location: string): Promise<string | null> {
  const isInside = (from: string, path: string): boolean => {
    const way = relative(from, path);
    return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  };
  // Names of other systems: a drive, or backslashes between folders.
  if (location === '' || isAbsolute(location) || /^[A-Za-z]:|(^|[\\/])\.\.([\\/]|$)|\0/.test(location)) return null;
  const path = resolve(folder, location);
  if (!isInside(folder, path)) return null;
  const [realFolder, realPath] = await Promise.all([realpath(folder), realpath(path).catch(() => null)]);
  if (realPath === null) return path;
  return isInside(realFolder, realPath) ? realPath : null;
}

const outside = (name: string, tensor: string, location: string) => ({
  en: `“${name}” places tensor “${tensor}” in “${location}”, outside its folder. Netloom reads only files in the folder of the model. Save the model with its weights beside it, then open it again.`,
  zh: `“${name}”的张量“${tensor}”位于其文件夹之外的“${location}”。Netloom 只读取模型所在文件夹中的文件。请将权重保存在模型旁边，然后重新打开。`,
});
const missing = (name: string, location: string) => ({
  en: `The weights of “${name}” are in file “${location}”, which is not in its folder. Copy that file there, then open the model again.`,
  zh: `“${name}”的权重位于文件“${location}”中，但其文件夹中没有该文件。请将该文件复制到那里，然后重新打开模型。`,
});
const damaged = (name: string, tensor: string, location: string) => ({
  en: `File “${location}” does not contain tensor “${tensor}” of “${name}”: it is damaged, or belongs to another model. Get both files again.`,
  zh: `文件“${location}”中没有“${name}”的张量“${tensor}”：该文件已损坏，或属于另一个模型。请重新获取这两个文件。`,
});
