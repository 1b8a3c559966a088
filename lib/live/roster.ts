import { readersOf } from '#lib/auth/audience.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { type Member, Viewer } from '#lib/live/viewer.ts'

const MAX_SOCKETS_PER_USER = 20
const MAX_SOCKETS_PER_ADDRESS = 50
/** How long the stream of a user without a socket goes on, so that a reconnect continues it. */
const KEPT_MS = 60_000

interface ProjectName {
  owner: string
  name: string
}

/** Who is connected, found by what events speak of: project, user, credential, address. Nothing scans all sockets. */
export class Roster {
  private readonly viewers = new Map<string, Viewer>()
  private readonly admins = new Set<Viewer>()
  private readonly byCredential = new Map<string, Set<Member>>()
  private readonly perAddress = new Map<string, number>()

  hasRoom(username: string, address: string): boolean {
    const own = this.viewers.get(username)?.members.size ?? 0
    return own < MAX_SOCKETS_PER_USER && (this.perAddress.get(address) ?? 0) < MAX_SOCKETS_PER_ADDRESS
  }

  viewer(username: string): Viewer | undefined {
    return this.viewers.get(username)
  }

  all(): Iterable<Viewer> {
    return this.viewers.values()
  }

  /** Who may know what happens in a project: its owner, those it is granted to, admins; and `extra` users. */
  audienceOf(project: ProjectName, extra: string[] = []): Set<Viewer> {
    const audience = new Set(this.admins)
    for (const username of [project.owner, ...readersOf(project), ...extra]) {
      const viewer = this.viewers.get(username)
      if (viewer) audience.add(viewer)
    }
    return audience
  }

  withCredential(hash: string): Member[] {
    return [...(this.byCredential.get(hash) ?? [])]
  }

  /** The stream of a user; begun with the first socket. */
  join(principal: Principal): Viewer {
    const viewer = this.viewers.get(principal.username) ?? new Viewer(principal)
    this.viewers.set(viewer.username, viewer)
    if (viewer.role === 'admin') this.admins.add(viewer)
    return viewer
  }

  add(member: Member): void {
    const { hash } = member.principal.credential
    member.viewer.members.add(member)
    this.byCredential.set(hash, (this.byCredential.get(hash) ?? new Set()).add(member))
    this.perAddress.set(member.address, (this.perAddress.get(member.address) ?? 0) + 1)
  }

  remove(member: Member): void {
    const { viewer, principal, address } = member
    if (!viewer.members.delete(member)) return
    const sharing = this.byCredential.get(principal.credential.hash)
    sharing?.delete(member)
    if (sharing?.size === 0) this.byCredential.delete(principal.credential.hash)
    const left = (this.perAddress.get(address) ?? 1) - 1
    if (left > 0) this.perAddress.set(address, left)
    else this.perAddress.delete(address)
    if (viewer.members.size === 0) setTimeout(() => this.forgetUnused(viewer), KEPT_MS).unref()
  }

  /** Ends the stream of a user; sockets of it must be closed by the caller. */
  forget(username: string): Viewer | undefined {
    const viewer = this.viewers.get(username)
    this.viewers.delete(username)
    if (viewer) this.admins.delete(viewer)
    return viewer
  }

  private forgetUnused(viewer: Viewer): void {
    if (viewer.members.size === 0 && this.viewers.get(viewer.username) === viewer) this.forget(viewer.username)
  }
}
