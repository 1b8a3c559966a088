'use client'

import { Command as Cmdk } from 'cmdk'
import * as Dialog from 'radix-ui/dialog'
import { useState } from 'react'
import { OVERLAY_LOOK } from '#app/_components/dialogs/dialog-look.ts'
import { PaletteGroup } from '#app/_components/palette/palette-group.tsx'
import { usePaletteEntries } from '#app/_components/palette/use-palette-entries.ts'

/** Go to anything, do anything: what is typed finds commands, projects and variants. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const groups = usePaletteEntries(text)

  function run(action: () => void) {
    onClose()
    action()
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY_LOOK} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-2 top-2 sm:inset-x-4 sm:top-[10dvh] z-50 mx-auto max-w-xl overflow-hidden rounded-lg border border-line bg-surface text-ink shadow-lifted"
        >
          <Dialog.Title className="sr-only">Go to anything</Dialog.Title>
          <Cmdk shouldFilter={false} loop label="Go to anything">
            <Cmdk.Input
              value={text}
              onValueChange={setText}
              placeholder="A repository, branch, model, or what to do"
              className="h-12 w-full border-line border-b bg-transparent px-4 outline-none pointer-coarse:text-base placeholder:text-ink-faint"
            />
            <Cmdk.List label="What was found" className="max-h-[60dvh] overflow-y-auto p-2">
              <Cmdk.Empty className="px-3 py-6 text-center text-ink-faint">Nothing matches.</Cmdk.Empty>
              {groups.map((group) => (
                <PaletteGroup key={group.title} {...group} onRun={run} />
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
