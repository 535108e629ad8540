// What is left of the imports when types are gone, checked over the compiled files: the sandbox of the workflows holds no
// interpreter, and the studio no server.
module.exports = {
  forbidden: [
    {
      name: 'workflows-run-alone',
      comment: 'workflows import engine and activities by `import type` only',
      severity: 'error',
      from: { path: '^dist/workflows/' },
      to: { path: '^dist/', pathNot: '^dist/workflows/' },
    },
    {
      name: 'studio-runs-in-a-browser',
      comment: 'studio imports the engine; the api by `import type` only',
      severity: 'error',
      from: { path: '^dist/studio/' },
      to: { path: '^dist/', pathNot: '^dist/(studio|engine|texts)/' },
    },
    {
      name: 'no-cycles',
      comment: 'files that need each other are one file',
      severity: 'error',
      from: { path: '^dist/' },
      to: { circular: true },
    },
  ],
  options: {
    parser: 'acorn',
    doNotFollow: { path: '^node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
