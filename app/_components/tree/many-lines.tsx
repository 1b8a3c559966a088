'use client'

import type { ReactElement, Ref, RefObject } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { TreeItem } from '#app/_components/tree/visible-items.ts'

const LINE_PX = 33

interface Props {
  items: TreeItem[]
  /** What scrolls the lines. */
  scroller: RefObject<HTMLElement | null>
  /** Place of the line that is in the document wherever it is scrolled to. */
  kept: number
  handle: Ref<VirtualizerHandle>
  children: (item: TreeItem, index: number) => ReactElement
}

/** Lines of a long tree: only those near the screen exist. */
export default function ManyLines({ items, scroller, kept, handle, children }: Props) {
  return (
    <Virtualizer ref={handle} scrollRef={scroller} data={items} itemSize={LINE_PX} keepMounted={[kept]}>
      {children}
    </Virtualizer>
  )
}
