import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Dataset } from '../data/dataset.ts';
import { type FormatName, formatOf } from '../exportFormats.ts';
import { canonical } from '../graph/canonical.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { PRODUCER_VERSION } from '../onnx/write.ts';
import type { ExportChoices, ExportPart, ExportReport } from '../protocol/exported.ts';
import { type Text, UserError } from '../text.ts';
import { writeAtomically } from './atomicWrite.ts';
import { WEIGHTS_KIND, WEIGHTS_SHA256 } from './exportedWeights.ts';
import { exportModel } from './exporter.ts';
import { fileError } from './fileError.ts';
import { exportKeras } from './kerasExport.ts';
import { expectFinite } from './proof.ts';
import type { Device, Tensors } from './session.ts';
import { exportTorch } from './torchExport.ts';
import { readWeights, tensorsSha256, writeWeights } from './weights.ts';

export interface ExportRequest {
  readonly graph: CheckedGraph;
  readonly weights: Tensors;
  /** Names of the weights that are initial values. */
  readonly initial: readonly string[];
  /** The data of the document, or the reason that it could not be opened. */
  readonly data: Dataset | Text;
  readonly dataSha256?: string | undefined;
  /** Device of Netloom's evaluation. */
  readonly device: Device;
  readonly choices: ExportChoices;
  /** Name of the file or folder. */
  readonly fileName: string;
  /** Called before each part; an error ends the export. */
  readonly begin?: ((part: ExportPart) => Promise<void>) | undefined;
}

export interface ExportedFile {
  readonly path: string;
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
}

export interface ExportedFiles {
  /** Files by their paths, in the order in which they are to be written. */
  readonly files: readonly ExportedFile[];
  readonly report: ExportReport;
}

type Writer = (request: ExportRequest) => Promise<ExportedFiles>;

const writers: Readonly<Record<FormatName, Writer>> = { onnx, pytorch, keras, safetensors };

/** Exports a network in the chosen format, and verifies it. Throws UserError. */
export const exportAs = (request: ExportRequest): Promise<ExportedFiles> => writers[request.choices.format](request);

async function onnx({ data, choices, ...request }: ExportRequest): Promise<ExportedFiles> {
  const { opset, fold, preprocessing = false, float16, external: beside = false, samples } = choices;
  if (preprocessing && 'en' in data) throw new UserError(data);
  const { model, external, ...report } = await exportModel({
    ...request,
    data: 'en' in data ? null : data,
    opset,
    fold,
    preprocessing,
    float16,
    ownSamples: samples,
    ...(beside && { externalAbove: 0 }),
  });
  return {
    // Weights first: until the model is replaced, the old one must not point into a new file written in part.
    files: [
      ...(external === null ? [] : [{ path: external.name, parts: external.parts }]),
      { path: request.fileName, parts: [model] },
    ],
    report: { format: 'onnx', ...report, preprocessing, external: external?.name ?? null },
  };
}

async function pytorch(request: ExportRequest): Promise<ExportedFiles> {
  const { model, parameters, files, withoutData } = await exportTorch(request);
  return {
    files: [...files].map(([path, bytes]) => ({ path, parts: [bytes] })),
    report: { format: 'pytorch', class: model.name, parameters, withoutData },
  };
}

async function keras({ graph, weights, device }: ExportRequest): Promise<ExportedFiles> {
  const { model, parameters, files } = await exportKeras(graph, weights, device);
  return {
    files: [...files].map(([path, bytes]) => ({ path, parts: [bytes] })),
    report: { format: 'keras', model: model.name, parameters },
  };
}

async function safetensors({ graph, weights, initial, fileName }: ExportRequest): Promise<ExportedFiles> {
  expectFinite(weights);
  requireWeights(weights);
  const untrained = initial.length > 0 && initial.length === weights.size;
  const { document } = graph;
  const bytes = writeWeights(weights, {
    format: 'netloom',
    netloom_version: PRODUCER_VERSION,
    netloom_network: networkSha256(document),
    [WEIGHTS_KIND]: untrained ? 'initial' : initial.length > 0 ? 'partly initial' : 'trained',
    [WEIGHTS_SHA256]: tensorsSha256(weights),
  });
  if (tensorsSha256(readWeights(bytes, fileName)) !== tensorsSha256(weights)) throw new Error('the file differs');
  const values = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  return {
    files: [{ path: fileName, parts: [bytes] }],
    report: { format: 'safetensors', tensors: weights.size, values, initial: [...initial], untrained },
  };
}

/** Throws UserError for a network without parameters. */
export function requireWeights(weights: Tensors): void {
  if (weights.size === 0) throw new UserError(nothing);
}

const nothing: Text = {
  en: 'The network has no weights, so there is nothing to write. Add a layer with parameters, or choose another format.',
  zh: '此网络没有权重，没有可写入的内容。请添加带参数的层，或选择其他格式。',
};

/** SHA-256 of layers and connections, in hexadecimal. Positions, training settings and data do not count. */
function networkSha256({ nodes, edges, blocks, operators = [] }: NetworkDocument): string {
  const layers = nodes.map(({ position: _, pinned: __, ...node }) => node);
  return createHash('sha256')
    .update(canonical([layers, edges, blocks, operators]))
    .digest('hex');
}

/** Size of exported files, in bytes. */
export const sizeOf = (files: readonly ExportedFile[]): number =>
  files.reduce((sum, { parts }) => parts.reduce((of, { length }) => of + length, sum), 0);

interface Writing {
  readonly format: FormatName;
  /** Path of the file or folder. */
  readonly path: string;
  readonly files: readonly ExportedFile[];
  /** True if files beside a new file may be replaced. */
  readonly force?: boolean;
  readonly write?: (path: string, parts: readonly Uint8Array[]) => Promise<void>;
}

/**
 * Writes exported files. Throws UserError where a folder cannot be created or a file of another model is in the way, and
 * the errors of `write`.
 */
export async function writeExport({
  format,
  path,
  files,
  force = false,
  write = writeAtomically,
}: Writing): Promise<void> {
  const isFile = formatOf(format).extension !== null;
  const folder = isFile ? dirname(path) : path;
  if (isFile && !force && !existsSync(path)) {
    const taken = files.find((file) => existsSync(join(folder, file.path)));
    if (taken !== undefined) throw wouldReplace(taken.path);
  }
  for (const { path, parts } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true }).catch((error) => {
      throw fileError(dirname(target), error);
    });
    await write(target, parts);
  }
}

const wouldReplace = (name: string): UserError =>
  new UserError({
    en: `“${name}” already exists and belongs to another model. Choose another name for the export, or delete that file.`,
    zh: `“${name}”已存在，属于另一个模型。请为导出文件换一个名称，或删除该文件。`,
  });
