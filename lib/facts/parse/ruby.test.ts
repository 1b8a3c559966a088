import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

it('reads Ruby modules, classes, methods and attributes with the visibility in force', async () => {
  const lines = [
    '# frozen_string_literal: true',
    '',
    '# Finds the way.',
    "require 'json'",
    "require_relative 'home/road'",
    'module Home',
    '  # Leads home.',
    '  #',
    '  # @param on [String] what on',
    '  # @return [Integer] the rest',
    '  class Path < Road',
    '    FAR = 1',
    '    attr_reader :length, :width',
    '    def initialize(on, steps = 1, *rest, name:, speed: 2, **more, &block); end',
    '    def self.open(path) = new(path)',
    '    class << self',
    '      def close; end',
    '      private',
    '      def lock; end',
    '    end',
    '    def ==(other); end',
    '    def far?; end # :nodoc:',
    '    alias walk run',
    '    private',
    '    def own; end',
    '    public def open?; end',
    '    private_constant :FAR',
    '  end',
    '  class Error::Lost < StandardError; end',
    'end',
    'Step = Struct.new(:size) do',
    '  def big?; end',
    'end',
  ]
  const file = await parseFile(lines.join('\n'), 'lib/home.rb')
  if (typeof file === 'string') throw new Error(file)
  expect(file.header?.text).toBe('Finds the way.')
  expect(file.imports.map(({ specifier }) => specifier)).toEqual(['json', './home/road'])
  expect(file.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)).toEqual([
    '+ class Home::Path',
    '- constant Home::Path::FAR',
    '+ property Home::Path#length',
    '+ property Home::Path#width',
    '+ method Home::Path#initialize',
    '+ method Home::Path.open',
    '+ method Home::Path.close',
    '- method Home::Path.lock',
    '+ method Home::Path#==',
    '- method Home::Path#far?',
    '+ method Home::Path#walk',
    '- method Home::Path#own',
    '+ method Home::Path#open?',
    '+ class Home::Error::Lost',
    '+ class Step',
    '+ method Step#big?',
  ])
  expect(file.symbols[0]).toMatchObject({
    signature: 'class Path < Road',
    doc: { summary: 'Leads home.', params: { on: 'what on' }, returns: 'the rest' },
  })
  expect(file.symbols[4]?.params.map(({ name, default: value, optional }) => [name, value, optional])).toEqual([
    ['on', null, false],
    ['steps', '1', true],
    ['*rest', null, true],
    ['name', null, false],
    ['speed', '2', true],
    ['**more', null, true],
    ['&block', null, true],
  ])
})

it('finds methods in every branch of a condition, each once', async () => {
  const lines = ['module Way', '  if FAST', '    def walk; end', '  elsif SLOW', '    def crawl; end', '  else']
  const file = await parseFile(
    [...lines, '    def walk; end', '    def rest; end', '  end', 'end'].join('\n'),
    'way.rb',
  )
  if (typeof file === 'string') throw new Error(file)
  expect(file.symbols.map(({ name, range }) => `${name} ${range.start}`)).toEqual(['walk 3', 'crawl 5', 'rest 8'])
})
