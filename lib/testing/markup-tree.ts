import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment, serialize } from 'parse5'

export type Element = DefaultTreeAdapterTypes.Element
type Node = DefaultTreeAdapterTypes.ChildNode
type Parent = DefaultTreeAdapterTypes.ParentNode

/** What becomes of an element: stays, stays only as what is in it, or is replaced by text. */
export type Fate = 'keep' | 'unwrap' | 'drop' | { text: string }

/** Markup in the one form in which the same documents are the same text: `decide` sees every element, innermost first. */
export function canonical(markup: string, decide: (element: Element) => Fate): string {
  const tree = parseFragment(markup)
  visit(tree, decide)
  foldSpace(tree, false)
  return serialize(tree)
}

export function attribute(element: Element, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null
}

export function textOf(node: Node | Parent): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

function visit(parent: Parent, decide: (element: Element) => Fate): void {
  for (const child of [...parent.childNodes]) {
    if (!('tagName' in child)) continue
    visit(child, decide)
    const fate = decide(child)
    if (fate === 'keep') continue
    if (fate === 'unwrap')
      for (const inner of [...child.childNodes]) {
        defaultTreeAdapter.detachNode(inner)
        defaultTreeAdapter.insertBefore(parent, inner, child)
      }
    if (typeof fate === 'object') defaultTreeAdapter.insertTextBefore(parent, fate.text, child)
    defaultTreeAdapter.detachNode(child)
  }
  joinText(parent)
}

function joinText(parent: Parent): void {
  for (const child of [...parent.childNodes]) {
    const before = parent.childNodes[parent.childNodes.indexOf(child) - 1]
    if (child.nodeName !== '#text' || before?.nodeName !== '#text' || !('value' in child) || !('value' in before))
      continue
    before.value += child.value
    defaultTreeAdapter.detachNode(child)
  }
}

const BLOCK =
  /^(?:address|article|blockquote|br|dd|div|dl|dt|figure|h[1-6]|hr|li|ol|p|pre|section|table|tbody|td|th|thead|tr|ul)$/

/** White space as the specification's own test program has it: one space outside `pre`, none at the edges of blocks. */
function foldSpace(parent: Parent, isPre: boolean): void {
  for (const child of [...parent.childNodes]) {
    if ('tagName' in child) foldSpace(child, isPre || child.tagName === 'pre')
    if (isPre || child.nodeName !== '#text' || !('value' in child)) continue
    const at = parent.childNodes.indexOf(child)
    const isEdge = (node: Node | undefined) =>
      node ? BLOCK.test(node.nodeName) : BLOCK.test(parent.nodeName) || parent.nodeName.startsWith('#')
    child.value = child.value.replace(/\s+/g, ' ')
    if (isEdge(parent.childNodes[at - 1])) child.value = child.value.trimStart()
    if (isEdge(parent.childNodes[at + 1])) child.value = child.value.trimEnd()
    if (child.value === '') defaultTreeAdapter.detachNode(child)
  }
}
