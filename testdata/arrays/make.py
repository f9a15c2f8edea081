"""Makes the NumPy, IDX and safetensors files of this folder. python make.py; needs NumPy and safetensors."""
import os
import numpy as np
here = os.path.dirname(os.path.abspath(__file__))
path = lambda name: os.path.join(here, name)
base = np.arange(12).reshape(3, 4) - 3
for name, array in dict(
    i1=base.astype('i1'), i2=base.astype('<i2'), i2be=base.astype('>i2'), i4=base.astype('<i4'), i8=base.astype('<i8'),
    u1=np.abs(base).astype('u1'), u2=np.abs(base).astype('<u2'), f2=(base / 2).astype('<f2'), f4=(base / 2).astype('<f4'),
    f8be=(base / 2).astype('>f8'), fortran=np.asfortranarray(base.astype('<f4')), bool=(base > 0),
).items():
    np.save(path(f'{name}.npy'), array)
np.save(path('text.npy'), np.array(['a', 'b']))
images = (np.arange(6 * 5 * 5 * 3) % 251).astype('u1').reshape(6, 5, 5, 3)
np.savez(path('parts.npz'), x_train=images[:4], y_train=np.array([0, 1, 2, 1]), x_test=images[4:], y_test=np.array([2, 0]))
np.savez_compressed(path('onehot.npz'), X=images[..., 0], y=np.eye(3, dtype='f4')[[0, 1, 2, 1, 0, 2]])
np.savez(path('regression.npz'), data=np.linspace(0, 1, 18).reshape(6, 3), target=np.linspace(-1, 1, 6))

# The three versions of the format, both byte orders, and lengths of axes that differ.
for version in (1, 0), (2, 0), (3, 0):
    with open(path(f'version{version[0]}.npy'), 'wb') as file:
        np.lib.format.write_array(file, base.astype('<f4'), version=version)
np.save(path('fortran3.npy'), np.asfortranarray(np.arange(24).reshape(2, 3, 4).astype('>i2')))
np.save(path('complex.npy'), np.ones(2, 'c16'))
np.save(path('objects.npy'), np.array([{}, []], dtype=object), allow_pickle=True)
np.save(path('record.npy'), np.zeros(2, dtype=[('a', 'f4'), ('b', 'i2')]))

# IDX of every element type, big-endian (six samples of 2 by 2, labels 0 1 2).
idx = np.arange(24).reshape(6, 2, 2)
for code, dtype in ((8, '>u1'), (9, '>i1'), (11, '>i2'), (12, '>i4'), (13, '>f4'), (14, '>f8')):
    with open(path(f'{dtype[1:]}-images.idx3'), 'wb') as file:
        values = idx / 4 if dtype[1] == 'f' else idx
        file.write(bytes([0, 0, code, 3]) + np.array(idx.shape, '>u4').tobytes() + values.astype(dtype).tobytes())
    with open(path(f'{dtype[1:]}-labels.idx1'), 'wb') as file:
        file.write(bytes([0, 0, code, 1]) + np.array([6], '>u4').tobytes() + (np.arange(6) % 3).astype(dtype).tobytes())

# safetensors of every type that NumPy has; bfloat16 is cut from float32.
from safetensors.numpy import save, save_file
images = np.arange(6 * 8 * 8).reshape(6, 1, 8, 8) % 251
for name, dtype in dict(u8='u1', f16='f2', f32='f4', f64='f8', i16='i2', i32='i4').items():
    save_file({'images': (images if dtype == 'u1' else images / 2 if dtype[0] == 'f' else images - 9).astype(dtype),
               'labels': (np.arange(6) % 3).astype('i8')}, path(f'{name}.safetensors'))
upper = (np.array([[1.5], [-2], [0.25], [3], [96], [0]], '<f4').view('<u4') >> 16).astype('<u2')
data = save({'x': upper, 'y': np.array([0, 1, 0, 1, 0, 1], 'i4')})
end = 8 + int.from_bytes(data[:8], 'little')
header = data[8:end].rstrip().replace(b'"U16"', b'"BF16"')
header += b' ' * (-len(header) % 8)
with open(path('bf16.safetensors'), 'wb') as file:
    file.write(len(header).to_bytes(8, 'little') + header + data[end:])
np.save(path('labels3.npy'), np.array([0, 1, 2]))
