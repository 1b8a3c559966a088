import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'
import { parseDocstring } from './python-docstring.ts'

async function parse(lines: string[], path = 'pkg/a.py') {
  const parsed = await parseFile(lines.join('\n'), path)
  if (typeof parsed === 'string') throw new Error(parsed)
  return parsed
}

it('reads functions and classes with decorators, docstrings and exact lines', async () => {
  const { symbols, header } = await parse([
    '"""Walks home."""',
    '',
    'LIMIT: int = 3',
    '"""How far."""',
    '',
    '@dataclass',
    'class Walker(Base):',
    '    """A walker.',
    '',
    '    More.',
    '    """',
    '    speed: float = 1.0',
    '',
    '    def __init__(self, name: str, *, fast=False):',
    '        """',
    '        :param name: who walks',
    '        """',
    '',
    '    @property',
    '    def pace(self) -> float: return 1',
    '    @pace.setter',
    '    def pace(self, value): pass',
    '    async def walk(self, to: str = "home",',
    '                   *args: int, **more) -> None:',
    '        pass',
    '    def _rest(self): pass',
  ])
  expect(header).toEqual({ text: 'Walks home.', range: { path: 'pkg/a.py', start: 1, end: 1 } })
  expect(symbols.map((one) => [one.qualified, one.kind, one.public, one.range.start, one.range.end])).toEqual([
    ['LIMIT', 'constant', true, 3, 3],
    ['Walker', 'class', true, 6, 26],
    ['Walker.speed', 'property', true, 12, 12],
    ['Walker.__init__', 'method', false, 14, 17],
    ['Walker.pace', 'property', true, 19, 20],
    ['Walker.walk', 'method', true, 23, 25],
    ['Walker._rest', 'method', false, 26, 26],
  ])
  const [limit, walker, , , , walk] = symbols
  expect(limit?.doc?.summary).toBe('How far.')
  expect(walker).toMatchObject({
    signature: 'class Walker(Base)',
    declaration: { start: 7, end: 7 },
    doc: { summary: 'A walker.', body: 'More.' },
    params: [
      { name: 'name', type: 'str', doc: 'who walks' },
      { name: 'fast', default: 'False', optional: true },
    ],
  })
  expect(walk).toMatchObject({
    signature: 'async def walk(self, to: str = "home", *args: int, **more) -> None',
    declaration: { start: 23, end: 24 },
    returns: 'None',
  })
})

it('lets __all__ decide, and reads what if and try define', async () => {
  const { symbols, offered } = await parse([
    '__all__ = ["a"]',
    '__all__ += ["c"]',
    'def a(): pass',
    'def b(): pass',
    'try:',
    '    import x',
    'except ImportError:',
    '    def c(): pass',
  ])
  expect(offered).toEqual(['a', 'c'])
  expect(symbols.filter((one) => one.public).map((one) => one.name)).toEqual(['a', 'c'])
})

it('understands Sphinx, Google and NumPy docstrings', () => {
  const range = { path: 'a.py', start: 1, end: 1 }
  const styles = [
    'Walk.\n\n    :param to: where to\n        go\n    :param str by: how\n    :returns: the way\n    :raises Lost: when lost\n    ',
    'Walk.\n\n    Args:\n        to (str): where to\n            go\n        by: how\n\n    Returns:\n        the way\n\n    Raises:\n        Lost: when lost\n    ',
    'Walk.\n\n    Parameters\n    ----------\n    to : str\n        where to\n        go\n    by : str, optional\n        how\n\n    Returns\n    -------\n    the way\n\n    Raises\n    ------\n    Lost\n        when lost\n    ',
  ]
  for (const text of styles) {
    const { params, ...doc } = parseDocstring(text, range)
    expect(doc).toMatchObject({ summary: 'Walk.', body: '', returns: 'the way', raises: ['Lost: when lost'] })
    expect({ ...params }).toEqual({ to: 'where to go', by: 'how' })
  }
})

it('keeps a parameter called __proto__', () => {
  const { params } = parseDocstring('X.\n\n:param __proto__: odd\n', { path: 'a.py', start: 1, end: 1 })
  expect(Object.entries(params)).toEqual([['__proto__', 'odd']])
})

it('takes a line that begins with a role as text, not as a field', () => {
  const doc = parseDocstring('Attach all\n:func:`option` s.\n\n:param to: where\n', { path: 'a.py', start: 1, end: 1 })
  expect(doc.summary).toBe('Attach all option s.')
  expect({ ...doc.params }).toEqual({ to: 'where' })
})

it('shows roles by their title or the name they point at', () => {
  const text = 'Sends :class:`a request <walk.Request>` by :meth:`~walk.Session.send` or :py:func:`walk.send`.'
  const doc = parseDocstring(`${text}\n\n:return: :class:\`Way <Way>\``, { path: 'a.py', start: 1, end: 1 })
  expect(doc.summary).toBe('Sends a request by send or walk.send.')
  expect(doc.returns).toBe('Way')
})

it('leaves out the underlined title a docstring begins with', async () => {
  const { header } = await parse(['"""', 'walk.models', '~~~~~~~~~~~', '', 'What a walk is made of.', '"""'])
  expect(header?.text).toBe('What a walk is made of.')
  expect((await parse(['"""', 'walk.models', '~~~~~~~~~~~', '"""'])).header).toBeNull()
  expect((await parse(['"""', '===========', 'How to walk', '===========', '"""'])).header?.text).toBe('How to walk')
  const range = { path: 'a.py', start: 1, end: 1 }
  expect({ ...parseDocstring('Parameters\n----------\nto : str\n    Where.', range).params }).toEqual({ to: 'Where.' })
})

it('leaves type variables out of what a module offers', async () => {
  const { symbols } = await parse(['import typing as t', 'T = t.TypeVar("T")', 'P = ParamSpec("P")', 'LIMIT = 3'])
  expect(symbols.filter((one) => one.public).map((one) => one.name)).toEqual(['LIMIT'])
})

it('reads the comments above an assignment that begin with #:', async () => {
  const { symbols } = await parse([
    'class Walker:',
    '    #: How far it goes',
    '    #: in a day.',
    '    far = 3',
    '    # plain',
    '    near = 1',
  ])
  expect(symbols.map(({ qualified, doc }) => [qualified, doc?.summary, doc?.range.start])).toEqual([
    ['Walker', undefined, undefined],
    ['Walker.far', 'How far it goes in a day.', 2],
    ['Walker.near', undefined, undefined],
  ])
})
