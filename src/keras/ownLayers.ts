/** Source of a layer that Keras does not have, and the layers or functions that it needs. */
export interface OwnLayer {
  readonly source: string;
  readonly needs?: readonly string[];
}

const layer = (name: string, body: string): string => `@keras.saving.register_keras_serializable("netloom")
class ${name}(layers.Layer):
${body}`;

/** A layer that stores its settings and computes `call`. */
function withSettings(name: string, doc: string, settings: readonly string[], body: string): string {
  const names = settings.map((setting) => setting.replace(/=.*/, ''));
  return layer(
    name,
    `    """${doc}"""

    def __init__(self, ${settings.join(', ')}, **kwargs):
        super().__init__(**kwargs)
${names.map((setting) => `        self.${setting} = ${setting}\n`).join('')}
    def get_config(self):
        return {**super().get_config(), ${names.map((setting) => `"${setting}": self.${setting}`).join(', ')}}

${body}`,
  );
}

const stateless = (name: string, doc: string, body: string): string => layer(name, `    """${doc}"""\n\n${body}`);

/** Resizing of an image as sums of its rows and columns with the weights of `matrix`. */
const RESIZING = `class Resizing(layers.Layer):
    """Each row and column is a weighted sum of those of the image. \`matrix\` gives the weights, [output, input]."""

    def call(self, x):
        rows = self.matrix(x.shape[HEIGHT], 0)
        columns = self.matrix(x.shape[WIDTH], 1)
        equation = "nhwc,ih,jw->nijc" if DATA_FORMAT == "channels_last" else "nchw,ih,jw->ncij"
        return ops.einsum(equation, x, ops.cast(rows, x.dtype), ops.cast(columns, x.dtype))
`;

const resizing = (source: string): string => source.replace('(layers.Layer)', '(Resizing)');

/** Functions and layers of model.py, in the order in which they are written. */
export const ownLayers: Readonly<Record<string, OwnLayer>> = {
  pad: {
    source: `def pad(x, padding, value=0.0):
    """Adds rows and columns to images: ((top, bottom), (left, right))."""
    widths = [(0, 0), *padding]
    widths.insert(CHANNELS, (0, 0))
    return ops.pad(x, widths, constant_values=value)
`,
  },
  Resizing: { source: RESIZING },
  LowestPadding2D: {
    needs: ['pad'],
    source: withSettings(
      'LowestPadding2D',
      'Padding that no maximum takes.',
      ['padding'],
      `    def call(self, x):
        return pad(x, self.padding, float("-inf"))
`,
    ),
  },
  DilatedMaxPooling2D: {
    source: withSettings(
      'DilatedMaxPooling2D',
      'The maximum of the elements of each window, which lie `dilation_rate` apart.',
      ['pool_size', 'strides', 'dilation_rate'],
      `    def call(self, x):
        sizes = [
            (x.shape[axis] - rate * (size - 1) - 1) // stride + 1
            for axis, size, stride, rate in zip((HEIGHT, WIDTH), self.pool_size, self.strides, self.dilation_rate)
        ]
        result = None
        for row in range(self.pool_size[0]):
            for column in range(self.pool_size[1]):
                part = [slice(None)] * 4
                for axis, i in ((HEIGHT, 0), (WIDTH, 1)):
                    start = (row, column)[i] * self.dilation_rate[i]
                    part[axis] = slice(start, start + (sizes[i] - 1) * self.strides[i] + 1, self.strides[i])
                value = x[tuple(part)]
                result = value if result is None else ops.maximum(result, value)
        return result
`,
    ),
  },
  CountedAveragePooling2D: {
    needs: ['pad'],
    source: withSettings(
      'CountedAveragePooling2D',
      'Average over the elements of the image and the part `counted` of its padding.',
      ['pool_size', 'strides', 'padding', 'counted'],
      `    def call(self, x):
        def means(values):
            return ops.average_pool(
                values, tuple(self.pool_size), tuple(self.strides), padding="valid", data_format=DATA_FORMAT
            )

        rest = [[a - b for a, b in zip(*both)] for both in zip(self.padding, self.counted)]
        counts = pad(pad(ops.ones_like(x[:1]), self.counted, 1.0), rest)
        return means(pad(x, self.padding)) / means(counts)
`,
    ),
  },
  AdaptiveAveragePooling2D: {
    needs: ['Resizing'],
    source: resizing(
      withSettings(
        'AdaptiveAveragePooling2D',
        'Averages of windows that may overlap, so that the output has a size.',
        ['output_size'],
        `    def matrix(self, size, axis):
        bins = self.output_size[axis]
        weights = numpy.zeros((bins, size))
        for i in range(bins):
            start, end = i * size // bins, -(-(i + 1) * size // bins)
            weights[i, start:end] = 1 / (end - start)
        return weights
`,
      ),
    ),
  },
  NearestResizing2D: {
    needs: ['Resizing'],
    source: resizing(
      withSettings(
        'NearestResizing2D',
        'Repeats or leaves out rows and columns, as PyTorch does.',
        ['size', 'scale=None'],
        `    def matrix(self, size, axis):
        output = self.size[axis]
        plain = self.scale is None or output in (size, 2 * size)
        step = numpy.float32(size / output if plain else 1 / self.scale[axis])
        nearest = numpy.minimum(numpy.floor(numpy.arange(output, dtype="float32") * step), size - 1)
        return numpy.eye(size)[nearest.astype("int64")]
`,
      ),
    ),
  },
  BilinearResizing2D: {
    needs: ['Resizing'],
    source: resizing(
      withSettings(
        'BilinearResizing2D',
        'Bilinear interpolation, as PyTorch does it.',
        ['size', 'scale=None', 'align_corners=False'],
        `    def matrix(self, size, axis):
        output = self.size[axis]
        if self.align_corners:
            place = numpy.arange(output) * (size - 1) / max(1, output - 1)
        else:
            step = size / output if self.scale is None else 1 / self.scale[axis]
            place = (numpy.arange(output) + 0.5) * step - 0.5
        place = numpy.clip(place, 0, size - 1)
        low = numpy.floor(place).astype("int64")
        share = (place - low)[:, None]
        cells = numpy.eye(size)
        return cells[low] * (1 - share) + cells[numpy.minimum(low + 1, size - 1)] * share
`,
      ),
    ),
  },
  Spread: {
    source: withSettings(
      'Spread',
      'Puts zeros between the elements of images.',
      ['strides'],
      `    def call(self, x):
        for axis, stride in zip((HEIGHT, WIDTH), self.strides):
            size = x.shape[axis]
            widths = [(0, 0)] * 5
            widths[axis + 1] = (0, stride - 1)
            x = ops.pad(ops.expand_dims(x, axis + 1), widths)
            shape = [-1, *x.shape[1:axis], size * stride, *x.shape[axis + 2 :]]
            x = ops.reshape(x, shape)
            part = [slice(None)] * 4
            part[axis] = slice(0, (size - 1) * stride + 1)
            x = x[tuple(part)]
        return x
`,
    ),
  },
  Thin: {
    source: withSettings(
      'Thin',
      'Every second, third, … row and column of images.',
      ['strides'],
      `    def call(self, x):
        part = [slice(None)] * 4
        part[HEIGHT], part[WIDTH] = (slice(None, None, stride) for stride in self.strides)
        return x[tuple(part)]
`,
    ),
  },
  LocalResponseNormalization: {
    source: withSettings(
      'LocalResponseNormalization',
      'x / (k + alpha / size · Σ x²)^beta, where the sum is over `size` neighboring channels.',
      ['size', 'alpha', 'beta', 'k'],
      `    def call(self, x):
        channel = numpy.arange(x.shape[CHANNELS])
        distance = channel[:, None] - channel
        near = (distance >= -(self.size // 2)) & (distance <= (self.size - 1) // 2)
        equation = "nhwc,cd->nhwd" if DATA_FORMAT == "channels_last" else "nchw,cd->ndhw"
        sums = ops.einsum(equation, ops.square(x), ops.cast(near, x.dtype))
        return x / (self.k + self.alpha / self.size * sums) ** self.beta
`,
    ),
  },
  LogSoftmax: {
    source: withSettings(
      'LogSoftmax',
      'The logarithm of the softmax.',
      ['axis'],
      `    def call(self, x):
        return ops.log_softmax(x, axis=self.axis)
`,
    ),
  },
  Softplus: {
    source: withSettings(
      'Softplus',
      'log(1 + exp(beta · x)) / beta, and x where beta · x exceeds the threshold.',
      ['beta', 'threshold'],
      `    def call(self, x):
        scaled = self.beta * x
        return ops.where(scaled > self.threshold, x, ops.softplus(scaled) / self.beta)
`,
    ),
  },
  TanhGELU: {
    source: stateless(
      'TanhGELU',
      'GELU in the approximation with tanh.',
      `    def call(self, x):
        return ops.gelu(x, approximate=True)
`,
    ),
  },
  Step: {
    source: stateless(
      'Step',
      '1 for positive values, else 0. Its gradient is 0 everywhere.',
      `    def call(self, x):
        return ops.sign(ops.relu(x))
`,
    ),
  },
};

/** Sources of the named layers and of all that they need. */
export function ownSources(used: Iterable<string>): readonly string[] {
  const wanted = new Set<string>();
  for (const name of used) {
    for (const need of ownLayers[name]?.needs ?? []) wanted.add(need);
    wanted.add(name);
  }
  return Object.entries(ownLayers).flatMap(([name, { source }]) => (wanted.has(name) ? [source] : []));
}
