import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

it('reads PHP types, members and PHPDoc with modifiers, defaults and grouped imports', async () => {
  const lines = [
    '<?php',
    'declare(strict_types=1);',
    'namespace Home\\Way;',
    'use Home\\Road;',
    'use Home\\{Door, Roof as Top};',
    '/**',
    ' * Leads home.',
    ' */',
    '#[Attr]',
    'abstract class Path extends Road implements Walkable',
    '{',
    '    public const FAR = 1;',
    '    private ?int $width = null;',
    '    public static $count = 0;',
    '    /**',
    '     * Walks.',
    '     *',
    '     * @param array<string, int> $steps how many',
    '     * @return static|null the rest',
    '     * @throws Lost when dark',
    '     */',
    '    public function walk(array $steps, ?string &$on = null, int ...$more): ?static { return null; }',
    '    abstract protected function own();',
    '    /** @internal */',
    '    function inner() {}',
    '}',
    "enum Turn: string { case Left = 'l'; public function far(): bool { return true; } }",
    'function go(int $a = 1): void {}',
    "define('MAX', 3);",
  ]
  const file = await parseFile(`\uFEFF${lines.join('\n')}`, 'src/Path.php')
  if (typeof file === 'string') throw new Error(file)
  expect(file.packageName).toBe('Home\\Way')
  expect(file.imports.map(({ specifier, alias }) => [specifier, alias])).toEqual([
    ['Home\\Road', null],
    ['Home\\Door', null],
    ['Home\\Roof', 'Top'],
  ])
  expect(file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)).toEqual([
    '+ class Path',
    '+ constant Path::FAR',
    '- property Path::width',
    '+ property Path::count',
    '+ method Path::walk',
    '- method Path::own',
    '- method Path::inner',
    '+ enum Turn',
    '+ property Turn::Left',
    '+ method Turn::far',
    '+ function go',
    '+ constant MAX',
  ])
  expect(file.symbols[4]).toMatchObject({
    signature: 'public function walk(array $steps, ?string &$on = null, int ...$more): ?static',
    returns: '?static',
    params: [
      { name: '$steps', type: 'array', doc: 'how many' },
      { name: '$on', default: 'null' },
      { name: '$more', optional: true },
    ],
    doc: { summary: 'Walks.', returns: 'the rest', raises: ['Lost when dark'] },
  })
})
