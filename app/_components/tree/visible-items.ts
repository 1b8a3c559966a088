import type { BranchNode, RepositoryNode, VariantNode } from '#app/_components/tree/build-tree.ts'

/** One line of the tree as it is drawn and walked through by keyboard. `id` is unique in the tree. */
export type TreeItem = { id: string; parentId: string | null; level: number; position: number; setSize: number } & (
  | { kind: 'repository'; node: RepositoryNode; open: boolean }
  | { kind: 'project'; node: RepositoryNode }
  | { kind: 'branch'; node: BranchNode; open: boolean }
  | { kind: 'variant'; node: VariantNode }
)

/** The lines that are to be seen when the nodes of `isOpen` are open. */
export function visibleItems(tree: RepositoryNode[], isOpen: (id: string) => boolean): TreeItem[] {
  return tree.flatMap((node, index) => {
    const open = isOpen(node.id)
    const place = { parentId: null, level: 1, position: index + 1, setSize: tree.length }
    const item: TreeItem = { id: node.id, kind: 'repository', node, open, ...place }
    return open ? [item, ...branchItems(node, isOpen)] : [item]
  })
}

/** A repository with several variants has a page about all of them; with one, that would say nothing new. */
function branchItems(repository: RepositoryNode, isOpen: (id: string) => boolean): TreeItem[] {
  const parentId = repository.id
  const first = repository.count > 1 ? 1 : 0
  const setSize = repository.branches.length + first
  const page: TreeItem = {
    id: `${parentId}/`,
    kind: 'project',
    node: repository,
    parentId,
    level: 2,
    position: 1,
    setSize,
  }
  const branches = repository.branches.flatMap((node, index) => {
    const open = isOpen(node.id)
    const place = { parentId, level: 2, position: index + 1 + first, setSize }
    const item: TreeItem = { id: node.id, kind: 'branch', node, open, ...place }
    return open ? [item, ...variantItems(node)] : [item]
  })
  return first === 1 ? [page, ...branches] : branches
}

function variantItems(branch: BranchNode): TreeItem[] {
  return branch.variants.map((node, index) => ({
    id: node.key,
    kind: 'variant',
    node,
    parentId: branch.id,
    level: 3,
    position: index + 1,
    setSize: branch.variants.length,
  }))
}
