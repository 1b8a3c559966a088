import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function symbolsOf(lines: string[], path = 'include/way.h') {
  const file = await parseFile(lines.join('\n'), path)
  if (typeof file === 'string') throw new Error(file)
  return file.symbols
}

it('knows structs that macros fill, alone or in front of and behind other members', async () => {
  const symbols = await symbolsOf([
    '/* What all handles are. */',
    'struct handle_s {',
    '  HANDLE_FIELDS',
    '};',
    'struct udp_s {',
    '  HANDLE_FIELDS',
    '  UDP_FIELDS',
    '  size_t queued;',
    '  /* private */',
    '  UDP_PRIVATE_FIELDS',
    '};',
    'union any_handle {',
    '#define XX(uc, lc) lc##_t lc;',
    '  HANDLE_TYPE_MAP(XX)',
    '#undef XX',
    '};',
    'typedef enum {',
    '  KIND_FIRST,',
    '  KIND_LAST',
    '} kind;',
  ])
  expect(symbols.filter(({ name }) => name !== 'XX').map(({ qualified }) => qualified)).toEqual([
    'handle_s',
    'udp_s',
    'udp_s::queued',
    'any_handle',
    'kind',
    'kind::KIND_FIRST',
    'kind::KIND_LAST',
  ])
  expect(symbols[0]?.doc?.summary).toBe('What all handles are.')
})

it('knows what a macro is put around, in front of, or made into', async () => {
  const symbols = await symbolsOf([
    'HEAP_EXPORT(struct node* heap_min(const struct heap* heap)) {',
    '  return heap->min;',
    '}',
    'typedef BOOL (PASCAL *ACCEPT)',
    '                (SOCKET listen);',
    'int inc (khash_t (iu64) * hash, uint32_t key);',
    'API_INLINE std::tuple<int, int>',
    'names(int all);',
  ])
  expect(symbols.map(({ kind, qualified, params }) => [kind, qualified, params.map(({ name }) => name)])).toEqual([
    ['function', 'heap_min', ['heap']],
    ['type', 'ACCEPT', []],
    ['function', 'inc', ['hash', 'key']],
    ['function', 'names', ['all']],
  ])
  expect(symbols[0]?.signature).toBe('struct node* heap_min(const struct heap* heap)')
})

it('keeps the namespace around classes whose macros end without a semicolon', async () => {
  const symbols = await symbolsOf(
    [
      'namespace way {',
      'class Error : public Base {',
      '    ERROR_DEF(Base, Error)',
      '    // and',
      '    ERROR_SIMPLE(Error)',
      '    static Error Far(std::string name) { return Error(name); }',
      '};',
      'class Other {};',
      '}',
    ],
    'include/way.hpp',
  )
  expect(symbols.map(({ qualified }) => qualified)).toEqual(['way::Error', 'way::Error::Far', 'way::Other'])
})

it('takes the comment above a pragma, and of notes and documentation only the latter', async () => {
  const symbols = await symbolsOf([
    '/* Sets the date. */',
    '#pragma GCC diagnostic ignored "-Wformat"',
    'int set_date(char *date);',
    '// To be made later.',
    '//! The root of all.',
    'int root;',
    '/* *INDENT-OFF* */',
    'extern int table[];',
  ])
  expect(symbols.map(({ name, doc }) => [name, doc?.summary ?? null])).toEqual([
    ['set_date', 'Sets the date.'],
    ['root', 'The root of all.'],
    ['table', null],
  ])
})

it('knows heads behind two macros, with the name on its own line, of templates and of operators', async () => {
  const symbols = await symbolsOf([
    'namespace way {',
    'WAY_NODISCARD WAY_INLINE std::string Config::to_flag(const Item &item) const {',
    '  return item.name;',
    '}',
    'WAY_INLINE std::string',
    'Config::to_config(bool all) {',
    '  return {};',
    '}',
    'template <class C> WAY_INLINE void App::parse(int argc) {}',
    'WAY_INLINE Validator Validator::operator&(const Validator &other) const {',
    '  return other;',
    '}',
    'ROW_COUNT WAY_CALL plain(int a) {',
    '  return a;',
    '}',
    '}',
  ])
  expect(symbols.filter(({ kind }) => kind === 'function').map(({ qualified }) => qualified)).toEqual([
    'way::Config::to_flag',
    'way::Config::to_config',
    'way::App::parse',
    'way::Validator::operator&',
    'way::plain',
  ])
})
