import type { Facts, FileFact, ModuleFact, SourceRange, SymbolFact } from '#lib/domain/facts.ts'

/** Facts of a small library; every field can be replaced. Built by hand for tests that need no repository. */
export function makeFacts(overrides: Partial<Facts> = {}): Facts {
  return {
    format: 1,
    name: 'sample',
    description: { text: 'Adds numbers.', range: range('package.json', 3) },
    commit: '0123456789abcdef0123456789abcdef01234567',
    committedAt: '2026-01-02T03:04:05Z',
    repoType: 'library',
    repoTypeReasons: [],
    license: null,
    languages: [],
    manifests: [],
    workspaces: [],
    topics: [],
    files: [],
    modules: [],
    symbols: [],
    imports: [],
    references: { file: [], symbol: [], line: [], target: [], kind: [], exact: [] },
    offered: [],
    entryPoints: [],
    scripts: [],
    dependencies: [],
    flags: [],
    commands: [],
    environment: [],
    routes: [],
    dataModels: [],
    configurationKeys: [],
    documents: [],
    tests: [],
    examples: [],
    fileRank: {},
    shape: { fileLayer: [], fileCommunity: [], symbolRank: [] },
    limits: [],
    ...overrides,
  }
}

export function range(path: string, start: number, end = start): SourceRange {
  return { path, start, end }
}

export function makeFile(path: string, overrides: Partial<FileFact> = {}): FileFact {
  return {
    path,
    oid: '0'.repeat(40),
    bytes: 400,
    lines: 40,
    language: 'TypeScript',
    role: 'source',
    header: null,
    skipped: null,
    ...overrides,
  }
}

/** A public function at line 5 of `path`, unless told otherwise. */
export function makeSymbol(path: string, name: string, overrides: Partial<SymbolFact> = {}): SymbolFact {
  return {
    id: `${path}#${name}`,
    name,
    qualified: name,
    kind: 'function',
    public: true,
    signature: `function ${name}(): void`,
    params: [],
    returns: 'void',
    parent: null,
    doc: null,
    range: range(path, 5, 9),
    declaration: range(path, 5),
    hash: '0'.repeat(16),
    ...overrides,
  }
}

export function makeDoc(path: string, summary: string, overrides: Partial<NonNullable<SymbolFact['doc']>> = {}) {
  return {
    summary,
    body: '',
    params: {},
    returns: null,
    raises: [],
    examples: [],
    deprecated: null,
    range: range(path, 4),
    ...overrides,
  }
}

/** A module with the files of its directory that are in `files`. */
export function makeModule(path: string, files: FileFact[], overrides: Partial<ModuleFact> = {}): ModuleFact {
  const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.')
  return {
    path,
    files: files.map((file) => file.path).filter((file) => folderOf(file) === path),
    summary: null,
    imports: [],
    importedBy: [],
    rank: 0,
    ...overrides,
  }
}
