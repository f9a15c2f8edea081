import { shapeText } from '../layers/config.ts';
import type { NodeReport } from './checkedGraph.ts';
import { typeText } from './operatorTypes.ts';

type Outputs = Pick<NodeReport, 'outputs' | 'inputs' | 'raw'>;

/** Shape of the value at an output port, for a raw value with its element type; null if unknown. */
export function outputText(report: Outputs | undefined, port: string): string | null {
  const [raw, shape] = [report?.raw[port], report?.outputs[port]];
  if (raw !== undefined) return typeText(raw);
  return shape === undefined ? null : shapeText(shape);
}

/** Shapes of all outputs, in the order of the ports. An output layer of the network has none, so those of its inputs. */
export function outputTexts({ outputs, inputs, raw }: Outputs, isOutput: boolean): readonly string[] {
  const shapes = isOutput ? inputs : outputs;
  const ports = [...new Set([...Object.keys(shapes), ...Object.keys(raw)])];
  return ports.flatMap((port) => outputText({ outputs: shapes, inputs, raw }, port) ?? []);
}
