import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parsed(lines: string[], path = 'src/lib.rs', end = '\n') {
  const file = await parseFile(lines.join(end), path)
  if (typeof file === 'string') throw new Error(file)
  return file
}

it('reads items with the visibility, docs and owners Rust gives them', async () => {
  const { header, symbols } = await parsed([
    '//! Finds the way.',
    '//!',
    '//! More of it.',
    '',
    '/// Walks home.',
    '///',
    '/// # Errors',
    '///',
    '/// When it is dark.',
    '///',
    '/// # Examples',
    '///',
    '/// ```',
    '/// # use home::*;',
    '/// walk(1);',
    '/// ```',
    '#[inline]',
    "pub fn walk<'a, T: Into<u8>>(steps: T, mut on: &'a str) -> Result<(), Error> where T: Copy { todo!() }",
    'pub(crate) struct Hidden { pub x: u8 }',
    'impl<T> Way<T> { pub const FAR: u8 = 1; pub fn new() -> Self { Self } fn own(&self) {} }',
    'impl<T> Drop for Way<T> { fn drop(&mut self) {} }',
    '#[deprecated(note = "use Road")]',
    'pub struct Way<T> {',
    '    /// In metres.',
    '    pub length: u32,',
    '    width: T,',
    '}',
    'pub enum Turn { Left, Right(u8) }',
    'pub trait Walker { type Shoe; fn walk(&self, to: &str); }',
    'mod private { pub fn inside() {} }',
    'pub mod open { pub fn outside() {} }',
    '#[macro_export]',
    'macro_rules! hop { () => {} }',
    'macro_rules! skip { () => {} }',
    '#[macro_export]',
    '#[doc(hidden)]',
    'macro_rules! hop_inside { () => {} }',
    'extern "C" { pub fn from_c(x: i32) -> i32; }',
    '#[cfg(test)]',
    'mod tests { pub fn not_offered() {} }',
  ])
  expect(header?.text).toBe('Finds the way.')
  expect(symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)).toEqual([
    '+ function walk',
    '- type Hidden',
    '- property Hidden::x',
    '+ type Way',
    '+ property Way::length',
    '- property Way::width',
    '+ enum Turn',
    '+ property Turn::Left',
    '+ property Turn::Right',
    '+ interface Walker',
    '+ type Walker::Shoe',
    '+ method Walker::walk',
    '- function private::inside',
    '+ function open::outside',
    '+ function hop',
    '- function skip',
    '- function hop_inside',
    '+ function from_c',
    '+ constant Way::FAR',
    '+ method Way::new',
    '- method Way::own',
    '- method Way::drop',
  ])
  expect(symbols[0]).toMatchObject({
    signature: "pub fn walk<'a, T: Into<u8>>(steps: T, mut on: &'a str) -> Result<(), Error> where T: Copy",
    returns: 'Result<(), Error>',
    params: [
      { name: 'steps', type: 'T' },
      { name: 'on', type: "&'a str" },
    ],
    doc: { summary: 'Walks home.', raises: ['When it is dark.'], examples: ['walk(1);'] },
    range: { start: 17, end: 18 },
  })
  expect(symbols[3]?.doc).toMatchObject({ deprecated: 'use Road' })
  expect(symbols.at(-3)?.parent).toBe('src/lib.rs#Way')
})

it('flattens use trees and reads on after a syntax error, with Windows line ends and a byte order mark', async () => {
  const { imports, symbols, hasErrors } = await parsed(
    [
      '\uFEFFuse crate::{a::{B, self}, c::*};',
      'pub use self::d::E as F;',
      'fn broken( {',
      '}',
      '/// After.',
      'pub fn after() {}',
    ],
    'src/lib.rs',
    '\r\n',
  )
  expect(imports.map(({ specifier, names, reexports }) => [specifier, names, reexports])).toEqual([
    ['crate::a', ['B', '*'], false],
    ['crate::c', ['*'], false],
    ['self::d', ['E'], true],
  ])
  expect(hasErrors).toBe(true)
  expect(symbols.find(({ name }) => name === 'after')?.doc?.summary).toBe('After.')
})

it('names the cases of a test file', async () => {
  const { tests } = await parsed(
    ['#[test]', 'fn goes() {}', 'fn helper() {}', 'mod m { #[tokio::test] async fn waits() {} }'],
    'tests/way.rs',
  )
  expect(tests).toEqual({ framework: 'cargo test', cases: ['goes', 'waits'] })
})
