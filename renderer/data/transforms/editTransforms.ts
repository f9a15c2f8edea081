import type { DataConfig, TransformStep } from '../../../src/graph/document.ts';
import { useDocument } from '../../state/stores/stores.ts';

type List = readonly TransformStep[];

/** Without transforms, the settings are those of a document that never had any. */
const withTransforms = ({ transforms: _, ...data }: DataConfig, list: List): DataConfig =>
  list.length === 0 ? data : { ...data, transforms: list };

const edit = (list: List) =>
  ({ kind: 'setData', data: withTransforms(useDocument.getState().root.data, list) }) as const;

/** Replaces the transforms of the network, as one undo step. */
export const setTransforms = (list: List): void => useDocument.getState().editRoot([edit(list)]);

/** Replaces the transforms within a gesture, such as the move of a slider. */
export const moveTransforms = (list: List): void => useDocument.getState().transient([edit(list)]);

const NONE: List = [];

export const useTransforms = (): List => useDocument(({ root }) => root.data.transforms ?? NONE);
