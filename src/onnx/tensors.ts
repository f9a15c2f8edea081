import { elementCount, type Tensor } from '../ir/tensor.ts';
import { TensorProto_DataLocation as DataLocation, type TensorProto } from './gen/onnx_pb.ts';
import { elementTypeOf } from './opset.ts';

/** Elements as little-endian bytes. */
const whole = <T>(bytes: Uint8Array, type: new (buffer: ArrayBuffer) => T): T => {
  const copy = new Uint8Array(bytes);
  return new type(copy.buffer);
};

/**
 * A tensor with its values; null for an element type that programs do not have, values in another file, and values that are not as
 * many as the shape has.
 */
export function tensorOf(proto: TensorProto): Tensor | null {
  const { rawData: raw, int32Data: small } = proto;
  if (proto.dataLocation === DataLocation.EXTERNAL) return null;
  const shape = proto.dims.map(Number);
  const count = elementCount(shape);
  const dtype = elementTypeOf(proto.dataType);
  const given = raw.length > 0 || count === 0;
  const read = (): Tensor | null => {
    switch (dtype) {
      case 'float32':
        return { dtype, shape, data: given ? whole(raw, Float32Array) : Float32Array.from(proto.floatData) };
      case 'float64':
        return { dtype, shape, data: given ? whole(raw, Float64Array) : Float64Array.from(proto.doubleData) };
      case 'int64':
        return { dtype, shape, data: given ? whole(raw, BigInt64Array) : BigInt64Array.from(proto.int64Data) };
      case 'uint64':
        return { dtype, shape, data: given ? whole(raw, BigUint64Array) : BigUint64Array.from(proto.uint64Data) };
      case 'int32':
        return { dtype, shape, data: given ? whole(raw, Int32Array) : Int32Array.from(small) };
      case 'uint32':
        return { dtype, shape, data: given ? whole(raw, Uint32Array) : Uint32Array.from(proto.uint64Data, Number) };
      case 'int16':
        return { dtype, shape, data: given ? whole(raw, Int16Array) : Int16Array.from(small) };
      case 'uint16':
      case 'float16':
        return { dtype, shape, data: given ? whole(raw, Uint16Array) : Uint16Array.from(small) };
      case 'int8':
        return { dtype, shape, data: given ? whole(raw, Int8Array) : Int8Array.from(small) };
      case 'uint8':
      case 'bool':
        return { dtype, shape, data: given ? whole(raw, Uint8Array) : Uint8Array.from(small) };
      default:
        return null;
    }
  };
  try {
    const tensor = read();
    return tensor?.data.length === count ? tensor : null;
  } catch {
    // The bytes are not a whole number of elements.
    return null;
  }
}
