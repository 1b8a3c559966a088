import type { RecordedEvent } from '#lib/domain/run-events.ts'
import { listen } from '#lib/events.ts'

/** Hears what the runs of one variant tell, in this process, `finished` last. Returns the way to stop. */
export function followGeneration(generationId: string, hear: (recorded: RecordedEvent) => void): () => void {
  const stops = [
    listen('run_progress', (event) => {
      if (event.generationId === generationId) hear(event.recorded)
    }),
    listen('run_ended', (event) => {
      if (event.generationId === generationId) hear(event.recorded)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
