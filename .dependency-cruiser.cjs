// Who may import whom: the table of docs/decisions and ARCHITECTURE, checked over the sources, type imports included.
// Parsed by swc, because dependency-cruiser's TypeScript reader does not know TypeScript 7.
const rules = {
  engine: {
    folders: ['engine'],
    packages: [
      'zod',
      '@marcbachmann/cel-js',
      'handlebars',
      'temporal-polyfill',
      'tinyduration',
      'croner',
      'ical.js',
      'libphonenumber-js',
      '@noble/hashes',
      'minisearch',
      'ml-matrix',
      'n2words',
      'pure-rand',
      'simple-statistics',
      '@orama/stemmers',
    ],
  },
  workflows: {
    folders: ['workflows', 'engine', 'activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  activities: { folders: ['activities', 'engine', 'store', 'delivery', 'config'] },
  // zlib only computes: what a turn decided is kept packed.
  store: { folders: ['store', 'engine'], packages: ['mongoose'], builtins: ['zlib'] },
  delivery: { folders: ['delivery', 'engine', 'store', 'config', 'workflows'] },
  api: { folders: ['api', 'engine', 'store', 'delivery', 'config', 'workflows'] },
  config: { folders: ['config', 'engine'] },
};
const ours =
  'activities|api|bench|cli|config|delivery|engine|library|scripts|store|studio|test|workflows|worker\\.ts|cli\\.ts';

function folderRule([from, { folders }]) {
  return {
    name: `${from}-imports`,
    comment: `${from} may import only ${folders.join(', ')} of the project`,
    severity: 'error',
    from: { path: `^${from}/` },
    to: { path: `^(${ours})(/|$)`, pathNot: `^(${folders.join('|')})/` },
  };
}

function packageRule([from, { packages, builtins = [] }]) {
  return {
    name: `${from}-packages`,
    comment: `${from} may use only ${[...packages, ...builtins].join(', ')}, and nothing else of Node`,
    severity: 'error',
    from: { path: `^${from}/` },
    to: {
      pathNot: `^(${ours})(/|$)|^node_modules/(${packages.join('|')})/${builtins.map((name) => `|^${name}$`).join('')}`,
    },
  };
}

module.exports = {
  forbidden: [
    ...Object.entries(rules).map(folderRule),
    ...Object.entries(rules)
      .filter(([, { packages }]) => packages)
      .map(packageRule),
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^(dist|\\.data)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
