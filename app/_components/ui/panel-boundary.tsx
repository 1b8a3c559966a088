'use client'

import { Component, type ReactNode } from 'react'
import { Button } from '#app/_components/ui/button.tsx'

interface Props {
  /** What the panel is called in the message. */
  name: string
  children: ReactNode
}

/** A crash inside stays inside: the rest of the page goes on working. */
export class PanelBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <div role="alert" className="m-4 rounded-lg border border-line bg-surface p-5">
        <p className="font-medium">The {this.props.name} could not be shown.</p>
        <p className="mt-1 mb-4 text-ink-soft">The rest of the page works. Nothing was lost on the server.</p>
        <Button onClick={() => this.setState({ failed: false })}>Show the {this.props.name} again</Button>
      </div>
    )
  }
}
