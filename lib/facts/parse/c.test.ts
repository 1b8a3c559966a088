import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parsed(lines: string[], path: string, end = '\n') {
  const file = await parseFile(lines.join(end), path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

const shown = (file: Awaited<ReturnType<typeof parsed>>) =>
  file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)

it('reads a C header: prototypes, types, macros, comments of every style', async () => {
  const file = await parsed(
    [
      '/* Finds the way. */',
      '#ifndef WAY_H',
      '#define WAY_H',
      '#include "road.h"',
      '#include <stdio.h>',
      '#ifdef __cplusplus',
      'extern "C" {',
      '#endif',
      '#define WAY_MAX 12',
      '#define WAY_TWICE(x) ((x) * 2)',
      '/* Walks home. */',
      'WAY_API int way_walk(const char *from, int (*cb)(void *), ...);',
      '/**',
      ' * @brief Opens it.',
      ' * @param[in] path where',
      ' * @return a handle',
      ' */',
      'struct way *way_open(char **path);',
      'typedef struct way { int length; /**< in metres */ char *name; } way_t;',
      'typedef int (*way_fn)(int);',
      'enum turn { LEFT, RIGHT = 2 };',
      'void (*way_signal(int sig, void (*func)(int)))(int);',
      'static inline int way_zero(void) { return 0; }',
      '#ifdef __cplusplus',
      '}',
      '#endif',
      '#endif',
    ],
    'include/way.h',
    '\r\n',
  )
  expect(file.header?.text).toBe('Finds the way.')
  expect(file.imports.map(({ specifier }) => specifier)).toEqual(['road.h', '<stdio.h>'])
  expect(shown(file)).toEqual([
    '- constant WAY_H',
    '+ constant WAY_MAX',
    '+ function WAY_TWICE',
    '+ function way_walk',
    '+ function way_open',
    '+ type way',
    '+ property way::length',
    '+ property way::name',
    '+ type way_t',
    '+ type way_fn',
    '+ enum turn',
    '+ property turn::LEFT',
    '+ property turn::RIGHT',
    '+ function way_signal',
    '+ function way_zero',
  ])
  const open = file.symbols.find(({ name }) => name === 'way_open')
  expect(open).toMatchObject({
    signature: 'struct way *way_open(char **path)',
    returns: 'struct way *',
    params: [{ name: 'path', type: 'char **', doc: 'where' }],
    doc: { summary: 'Opens it.', returns: 'a handle' },
  })
  expect(file.symbols.find(({ name }) => name === 'length')?.doc?.summary).toBe('in metres')
})

it('reads a C source file: static is private, old parameter lists, words that only C++ reserves', async () => {
  const file = await parsed(
    [
      'static int own(void) { return 1; }',
      'int add(a, b)',
      '  int a;',
      '  char b;',
      '{',
      '  return a; }',
      'int new(int class) { return class; }',
    ],
    'src/add.c',
  )
  expect(shown(file)).toEqual(['- function own', '+ function add', '+ function new'])
})

it('reads C++ classes by section, templates, operators, nested names and macros in the way', async () => {
  const file = await parsed(
    [
      'WAY_BEGIN_NAMESPACE',
      'namespace home::way {',
      'namespace detail { struct hidden {}; }',
      '/// Leads home.',
      'template <typename T, int N = 3> class WAY_API path final : public base<T> {',
      '  int secret;',
      ' public:',
      '  explicit path(int a = 1) : secret(a) {}',
      '  ~path();',
      '  WAY_CONSTEXPR auto length() const -> int { return 1; }',
      '  bool operator==(const path& o) const;',
      '  operator bool() const;',
      '  struct step { int size; };',
      ' private:',
      '  void own();',
      '};',
      'inline namespace v1 { using meters = int; }',
      'template <typename T> void path<T>::own() {}',
      'WAY_API auto walk(std::string_view to) -> int;',
      '}',
      'WAY_END_NAMESPACE',
    ],
    'include/way.hpp',
  )
  expect(shown(file)).toEqual([
    '- type home::way::detail::hidden',
    '+ class home::way::path',
    '- property home::way::path::secret',
    '+ method home::way::path::path',
    '+ method home::way::path::~path',
    '+ method home::way::path::length',
    '+ method home::way::path::operator==',
    '+ method home::way::path::operator bool',
    '+ type home::way::path::step',
    '+ property home::way::path::step::size',
    '- method home::way::path::own',
    '+ type home::way::meters',
    '- method home::way::path::own',
    '+ function home::way::walk',
  ])
  expect(file.symbols[1]?.signature).toBe('template <typename T, int N = 3> class WAY_API path final : public base<T>')
})

it('reads C++ through macros among template parameters, behind if, as sections and around namespaces; friends too', async () => {
  const lines = [
    'HOME_JSON_NAMESPACE_BEGIN',
    'namespace home {',
    'template <typename T, HOME_ENABLE_IF(!std::is_same<T, int>::value && (sizeof(T) > 1))>',
    'auto walk(T way) -> int {',
    '  if HOME_CONSTEXPR20 (is_far()) { return 1; }',
    '  return 2;',
    '}',
    'class Path {',
    '  HOME_PRIVATE_UNLESS_TESTED:',
    '  int own;',
    ' public:',
    '  friend void swap(Path a, Path b) noexcept { std::swap(a, b); }',
    '  int open() const;',
    '};',
    '}',
    'HOME_JSON_NAMESPACE_END',
  ]
  const file = await parseFile(lines.join('\n'), 'include/home.hpp')
  if (typeof file === 'string') throw new Error(file)
  expect(file.symbols.map(({ qualified, public: open }) => [qualified, open])).toEqual([
    ['home::walk', true],
    ['home::Path', true],
    ['home::Path::own', false],
    ['home::swap', true],
    ['home::Path::open', true],
  ])
  expect(file.symbols[0]?.signature).toBe(
    'template <typename T, HOME_ENABLE_IF(!std::is_same<T, int>::value && (sizeof(T) > 1))> auto walk(T way) -> int',
  )
})

it('knows the macros of a header that stand inside functions', async () => {
  const lines = ['inline int f() {', '#define HALF(x) ((x) / 2)', '  return HALF(4);', '}', '#define LONG \\', '  1']
  const file = await parseFile(lines.join('\n'), 'include/half.h')
  if (typeof file === 'string') throw new Error(file)
  expect(file.symbols.map(({ name, signature, range }) => [name, signature, range.end])).toEqual([
    ['f', 'inline int f()', 4],
    ['LONG', '#define LONG 1', 6],
    ['HALF', '#define HALF(x) ((x) / 2)', 2],
  ])
})

it('keeps classes whole around casts, tries of macros and long conditions of templates', async () => {
  const lines = [
    'class Path {',
    ' public:',
    '  template <typename T, typename std::enable_if <',
    '    std::conjunction < std::negation<std::is_same<T, int>>,',
    '#if HAS_VIEW',
    '      std::negation<std::is_same<T, view>>,',
    '#endif',
    '      std::is_enum<T> >::value, int >::type = 0 >',
    '  operator T() const { return T(); }',
    '  int first(int id) { return unsigned(id) < limit ? 1 : 2; }',
    '  void walk() {',
    '    WAY_TRY { go(); }',
    '    WAY_CATCH (out_of_range&) { stop(); }',
    '    if (id > 2) return;',
    '  }',
    '  WAY_API int last() const;',
    '};',
    'int after();',
  ]
  const file = await parsed(lines, 'include/path.hpp')
  expect(shown(file)).toEqual([
    '+ class Path',
    '+ method Path::operator T',
    '+ method Path::first',
    '+ method Path::walk',
    '+ method Path::last',
    '+ function after',
  ])
})

it('reads pointers to functions and names in parentheses, but no calls', async () => {
  const lines = [
    'WAY_API int (*way_go)(Way *way);',
    'WAY_API Way * (*way_open)(Context *context);',
    'WAY_API int (way_walk) (Way *way);',
    'struct way {',
    '  wayAtomic int count;',
    '  wayAtomic uint64_t next;',
    '};',
    '#define CLEAR(x) do { \\',
    '    (x) = 0; /* empty */ \\',
    '  } while (0)',
    'int behind(unsigned char *p, unsigned int length) { return 0; }',
    'WAY_REGISTER(walk)(home);',
    'WAY_CHECK(*walk)(home);',
    'way_start(home);',
  ]
  const file = await parsed(lines, 'include/way.h')
  expect(shown(file)).toEqual([
    '+ variable way_go',
    '+ variable way_open',
    '+ function way_walk',
    '+ type way',
    '+ property way::count',
    '+ property way::next',
    '+ function CLEAR',
    '+ function behind',
  ])
})

it('finds what macros hide while hardly anything is wrong: exported classes, types in brackets, calling conventions', async () => {
  const file = await parsed(
    [
      'namespace way {',
      'class WAY_EXPORT Road {',
      ' public:',
      '  virtual ~Road();',
      '  void lock() EXCLUSIVE_LOCK(mu_) { mu_.lock(); }',
      '};',
      'struct WAY_EXPORT Step : Base { int size; };',
      'WAY_EXPORT const Road* longest();',
      '}',
      'WAY_PUBLIC(const char *) way_name(void);',
      'typedef struct hooks { void *(WAY_CDECL *take)(size_t); } hooks;',
      'WAY_API Road * (*way_find)(int at, const char *name) WAY_ATTR;',
      'WAY_API int (way_open) (Road *road);',
      'static void * WAY_CDECL own(size_t size) { return take(size); }',
    ],
    'include/way.h',
  )
  expect(shown(file)).toEqual([
    '+ class way::Road',
    '+ method way::Road::~Road',
    '+ method way::Road::lock',
    '+ type way::Step',
    '+ property way::Step::size',
    '+ function way::longest',
    '+ function way_name',
    '+ type hooks',
    '+ property hooks::take',
    '+ variable way_find',
    '+ function way_open',
    '+ function own',
  ])
  const name = file.symbols.find((symbol) => symbol.name === 'way_name')
  expect([name?.signature, name?.returns]).toEqual(['const char * way_name(void)', 'const char *'])
})

it('takes no type for a macro: names in capitals, fields of bits, variables that begin at once', async () => {
  const file = await parsed(
    [
      'struct WAY_POINT last;',
      'struct flags { enum WAY_MODE mode : 8; };',
      'WAY_HANDLE open_way(int at);',
      'static WAY_STATE const first = 1;',
      'static HANDLE taken(int at) { return 0; }',
      'struct RECT bounds(void) { return all; }',
    ],
    'src/way.c',
  )
  expect(file.symbols.map(({ name, signature }) => `${name}: ${signature}`)).toEqual([
    'last: struct WAY_POINT last',
    'flags: struct flags',
    'mode: enum WAY_MODE mode : 8',
    'open_way: WAY_HANDLE open_way(int at)',
    'first: static WAY_STATE const first = 1',
    'taken: static HANDLE taken(int at)',
    'bounds: struct RECT bounds(void)',
  ])
})

it('ends a function that a condition cuts through where it ends, and knows those behind it', async () => {
  const body = [
    'int walk(int a) {',
    '  if (a) {',
    '    go(a);',
    '#ifdef FAR',
    '    if (b) {',
    '      far(b);',
    '    } else {',
  ]
  const rest = ['#else', '    {', '#endif', '      near(a);', '    }', '  }', '  return a;', '}', '']
  const next = ['int rest(void) {', '  return 0;', '}', '']
  const file = await parsed(
    [...body, ...rest, ...next, ...next.map((line) => line.replace('rest', 'sleep'))],
    'src/way.c',
  )
  expect(file.symbols.map(({ name, range }) => `${name} ${range.start} ${range.end}`)).toEqual([
    'walk 1 15',
    'rest 17 19',
    'sleep 21 23',
  ])
})
