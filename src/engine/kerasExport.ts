import type { CheckedGraph } from '../check/checkedGraph.ts';
import { type KerasProject, kerasProject } from '../keras/project.ts';
import { endsOf } from './network.ts';
import { floats, noise, proofOf } from './projectProof.ts';
import { expectFinite } from './proof.ts';
import type { Device, Tensors } from './session.ts';

/**
 * The network as a project of Keras 3, with outputs of Netloom as a proof, computed on the device. Throws UserError for a layer
 * that Keras does not have, and for weights that are not finite.
 */
export async function exportKeras(graph: CheckedGraph, weights: Tensors, device: Device): Promise<KerasProject> {
  expectFinite(weights);
  const proof = await proofOf(graph, weights, noise(endsOf(graph).inputs), device);
  return kerasProject(graph, floats(weights), proof);
}
