import { describe, expect, it } from 'vitest'
import { svgSize } from '#lib/site/svg-picture.ts'

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
const sizeOf = (text: string) => svgSize(Buffer.from(text))
const drawn = (inside: string, more = '') => sizeOf(`<svg ${XMLNS} width="40" height="30" ${more}>${inside}</svg>`)

describe('a drawing that is known to be harmless', () => {
  it.each([
    ['a shape', '<path d="M0 0h10" fill="#123"/>'],
    ['a gradient of its own', '<linearGradient id="a"/><rect fill="url(#a)" style="stroke:url(\'#a\')"/>'],
    ['a style sheet', '<style>@media (prefers-color-scheme: dark) { path { fill: url(#a) } }</style><path/>'],
    ['text and references', '<title>A &amp; B</title><text>x &#60; y <tspan>z</tspan></text>'],
    ['a shape used twice', '<defs><path id="p"/></defs><use href="#p"/><use href="#p" x="3"/>'],
    ['a picture it brings along', '<image href="data:image/png;base64,iVBORw0KGgo="/>'],
    ['notes of a program', '<metadata><cc:Work rdf:about=""><dc:format>x</dc:format></cc:Work></metadata>'],
  ])('may have %s', (_, inside) => {
    const notes =
      'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    expect(drawn(inside, notes)).toEqual({ width: 40, height: 30 })
  })

  it.each([
    [
      `<?xml version="1.0" encoding="UTF-8"?>\n<!-- x --><svg ${XMLNS} viewBox="0 0 12.4 7"/>`,
      { width: 12, height: 7 },
    ],
    [
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg ${XMLNS} width="7px" height='5'/>`,
      { width: 7, height: 5 },
    ],
    [`\ufeff<svg ${XMLNS} width="100%" viewBox="0,0,9,8"></svg>\n`, { width: 9, height: 8 }],
  ])('says its size: %s', (text, size) => {
    expect(sizeOf(text)).toEqual(size)
  })
})

describe('no drawing to show', () => {
  it.each([
    '<script>alert(1)</script>',
    '<SCRIPT>alert(1)</SCRIPT>',
    '<path onload="alert(1)"/>',
    '<path ONCLICK="alert(1)"/>',
    '<foreignObject><p/></foreignObject>',
    '<a href="#x"><path/></a>',
    '<use href="other.svg#x"/>',
    '<use xlink:href="https://evil.example/x.svg#x"/>',
    '<use href="data:image/svg+xml,x#x"/>',
    '<image href="https://evil.example/x.png"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<animate attributeName="href" to="javascript:alert(1)"/>',
    '<set attributeName="onload" to="alert(1)"/>',
    '<feImage href="#x"/>',
    '<rect fill="url(https://evil.example/x)"/>',
    '<rect style="fill:URL( //evil.example )"/>',
    '<rect style="background:u\\72l(https://evil.example)"/>',
    '<style>@import "https://evil.example";</style>',
    '<style>@font-face { src: url(x) }</style>',
    '<style>rect { fill: url(x) }</style>',
    '<style><path/></style>',
    '<style>/*</style><script>alert(1)</script>*/</style>',
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    '<cc:script xmlns:cc="http://www.w3.org/1999/xhtml">alert(1)</cc:script>',
    '<cc:script xmlns:cc="http://www.w3.org/2000/svg">alert(1)</cc:script>',
    '<cc:script xmlns:cc="http://www.&#x77;3.org/1999/xhtml">alert(1)</cc:script>',
    '<g xmlns="http://www.w3.org/1999/xhtml"/>',
    '<g xml:base="https://evil.example/"/>',
    '<path d="1" d="2"/>',
    '<path d=1/>',
    '<path',
    '</g>',
    '<g>',
    '&custom;',
    '<![CDATA[<script>alert(1)</script>]]>',
    '<?xml-stylesheet href="https://evil.example"?>',
    '<g id="a"><use href="#b"/></g><g id="b"><path/></g>',
    '<pattern><use href="#b"/></pattern>',
    '<svg:script>alert(1)</svg:script>',
    '<use xlink:href="#undeclared"/>',
    '<g inkscape:label="undeclared"/>',
  ])('has %s', (inside) => {
    expect(drawn(inside)).toBeNull()
  })

  it.each([
    '',
    'plain text',
    '<svg width="7" height="5"/>',
    `<svg ${XMLNS}/>`,
    `<svg ${XMLNS} width="7" height="99999"/>`,
    `<svg ${XMLNS} width="7" height="5"/><svg ${XMLNS} width="7" height="5"/>`,
    `<?xml version="1.0" encoding="UTF-7"?><svg ${XMLNS} width="7" height="5"/>`,
    `<?xml version="1.0"?><?xml-stylesheet href="x"?><svg ${XMLNS} width="7" height="5"/>`,
    `<!DOCTYPE svg [<!ENTITY a "<script>alert(1)</script>">]><svg ${XMLNS} width="7" height="5"/>`,
    `<html><svg ${XMLNS} width="7" height="5"/></html>`,
  ])('is %s', (text) => {
    expect(sizeOf(text)).toBeNull()
  })

  it('is what is no text', () => {
    expect(svgSize(Buffer.from([0xff, 0xfe, 0x3c, 0x00]))).toBeNull()
    expect(svgSize(Buffer.from(`<svg ${XMLNS} width="7" height="5"/>`, 'utf16le'))).toBeNull()
    expect(svgSize(Buffer.from(`<svg ${XMLNS} width="7" height="5"><title>\0</title></svg>`))).toBeNull()
  })
})
