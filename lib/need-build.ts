import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { DocsfyError } from '#lib/errors.ts'

/** Whether the pages of the dashboard in `folder` are built. Throws `start_up` that says how, where Next would end with a stack. */
export async function needBuild(folder: string): Promise<void> {
  try {
    await access(join(folder, '.next', 'BUILD_ID'))
  } catch (cause) {
    throw new DocsfyError(
      'start_up',
      `The dashboard in ${folder} is not built: run "npm run build" there, or "npm start", which builds and starts`,
      { cause },
    )
  }
}
