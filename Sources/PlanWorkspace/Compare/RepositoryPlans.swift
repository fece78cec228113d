import PlanCompiler
import PlanSyntax
import PlanText
import WorkingTree

/// The plans at some paths, in a revision and in the working tree.
struct RepositoryPlans {
  private let folder: WorkingFolder
  private let git: Git
  private let base: String
  private let revision: Git.Revision

  /// How plans are read as they were.
  private let before: PlanPipeline

  /// Whether a file that is the same on both sides means the same.
  private let overlaysAreSame: Bool
  private(set) var old: PlanSide
  private(set) var new: PlanSide

  /// Reads both sides; the overlays of the working tree belong to the new one, as they were in the revision
  /// to the old one.
  ///
  /// - Throws: where git or a file fails; what is wrong with a plan is among the diagnostics of its side.
  static func read(
    _ paths: [String], since base: String, overlays: [String], in folder: WorkingFolder,
    variables: [String: String]
  ) async throws -> RepositoryPlans {
    let (git, revision) = try await Git.revision(
      of: base, around: paths[0], in: folder, variables: variables)
    let after = try PlanOverlays(reading: overlays, behind: 0, besides: [], in: folder)
    var before = PlanOverlays()
    for (number, path) in overlays.enumerated() {
      let place = path == "-" ? nil : git.place(of: path, in: folder)
      let source = try await Self.overlay(place, after.files[number].source, git, revision)
      if let source { before.add(source, id: SourceID(position: before.files.count)) }
    }
    let pipeline = PlanPipeline(before, in: folder)
    var plans = RepositoryPlans(
      folder: folder, git: git, base: base, revision: revision, before: pipeline,
      overlaysAreSame: before.files.map(\.source.bytes) == after.files.map(\.source.bytes),
      old: PlanSide(pipeline), new: PlanSide(PlanPipeline(after, in: folder)))
    var seen: Set<String> = []
    for path in paths { try await plans.read(path, seen: &seen) }
    try await plans.followRenames()
    return plans
  }

  /// An overlay as it was: what the revision holds, nothing where it was not there yet, and a file outside of
  /// the repository as it is.
  private static func overlay(
    _ place: String?, _ now: SourceText, _ git: Git, _ revision: Git.Revision
  ) async throws -> SourceText? {
    guard let inside = place else { return now }
    let entries = try await git.entries(of: revision, at: inside)
    guard let entry = entries.first(where: { $0.path == inside && !$0.isLink }) else { return nil }
    var source: SourceText?
    try await git.read([entry], limit: SyntaxLimits.standard.size) { _, bytes in
      source = SourceText(name: inside, bytes: bytes)
    }
    return source
  }

  private mutating func read(_ path: String, seen: inout Set<String>) async throws {
    guard let place = git.place(of: path, in: folder) else {
      throw WorkspaceError(
        .environment,
        "`\(path)` is not in the repository \(git.top.text), so --git cannot compare "
          + "it.")
    }
    let inside = place == "." ? "" : place
    let isFolder = folder.isFolder(path)
    let isThere = isFolder || folder.exists(path)
    let before = try await git.entries(of: revision, at: inside)
    guard isThere || !before.isEmpty else {
      throw WorkspaceError(
        .environment, "`\(path)` is neither in the working tree nor in `\(base)`.")
    }
    let wasFile = before.count == 1 && before[0].path == inside
    var entries: [Git.Entry] = []
    for entry in before {
      if !wasFile, !entry.path.isPlanFile(below: inside) { continue }
      guard entry.isNamed else {
        throw WorkspaceError(
          .environment,
          "The name of `\(entry.path)` in `\(base)` is not UTF-8, so Waltz cannot tell which plan "
            + "it is. Name the plans to compare one by one, and rename the file.")
      }
      if entry.isLink {
        guard wasFile else { continue }
        throw WorkspaceError(
          .environment, "`\(entry.path)` is a symbolic link in `\(base)`; Waltz does not follow it."
        )
      }
      if seen.insert("old \(entry.path)").inserted { entries.append(entry) }
    }
    var files: [(path: String, name: String)] = []
    for file in isFolder ? try folder.yamlFiles(below: path) : isThere ? [path] : [] {
      guard let name = git.place(of: file, in: folder),
        !isInSubmodule(name, below: inside), seen.insert("new \(name)").inserted
      else { continue }
      files.append((file, name))
    }
    try folder.checkLinks(files.map(\.path), of: git.top)
    let shared = try await readOld(
      entries, as: wasFile ? .everything : .plansOnly,
      comparing: overlaysAreSame && wasFile == !isFolder ? files : [])
    for file in files {
      if let plans = shared[file.name] {
        new.add(plans)
      } else {
        let bytes = try folder.read(file.path, limit: SyntaxLimits.standard.size)
        try new.read(bytes, path: file.name, as: isFolder ? .plansOnly : .everything)
      }
    }
  }

  /// Reads files of the revision. What is the same in the working tree, byte for byte, is the same plans: they
  /// come back by the names of their files, so that nobody looks at them again.
  private mutating func readOld(
    _ entries: [Git.Entry], as selection: PlanSide.Selection,
    comparing files: [(path: String, name: String)]
  ) async throws -> [String: [PlanSide.Plan]] {
    let paths = Dictionary(
      files.map { ($0.name, $0.path) }, uniquingKeysWith: { first, _ in first })
    let limit = SyntaxLimits.standard.size
    var side = old
    var shared: [String: [PlanSide.Plan]] = [:]
    try await git.read(entries, limit: limit) { entry, bytes in
      let plans = try side.read(bytes, path: entry.path, as: selection)
      guard let path = paths[entry.path], !side.isInvalid(entry.path),
        try folder.read(path, limit: limit) == bytes
      else { return }
      shared[entry.path] = plans
    }
    old = side
    return shared
  }

  /// A plan that is nowhere at the paths of the revision may have stood in a file that is gone.
  private mutating func followRenames() async throws {
    let names = Set(old.plans.map(\.name))
    var missing = Set(new.plans.map(\.name)).subtracting(names)
    guard !missing.isEmpty else { return }
    let known = Set(old.plans.map(\.path))
    let gone = try await git.entries(of: revision, at: "").filter { entry in
      entry.isNamed && entry.path.isPlanFile(below: "") && !entry.isLink
        && !known.contains(entry.path)
        && !folder.exists(git.top.text + "/" + entry.path)
    }
    var found: [PlanSide.Plan] = []
    try await git.read(gone, limit: SyntaxLimits.standard.size) { entry, bytes in
      guard !missing.isEmpty else { return }
      var side = PlanSide(before)
      for plan in try side.read(bytes, path: entry.path, as: .plansOnly)
      where missing.remove(plan.name) != nil { found.append(plan) }
    }
    old.add(found)
  }

  /// Whether a folder on the way to the file is a repository of its own.
  private func isInSubmodule(_ path: String, below folder: String) -> Bool {
    var parts = path.split(separator: "/").dropLast()
    while !parts.isEmpty, parts.joined(separator: "/") != folder {
      if self.folder.exists(git.top.text + "/" + parts.joined(separator: "/") + "/.git") {
        return true
      }
      parts.removeLast()
    }
    return false
  }
}

extension String {
  /// Whether a file would be looked at in a folder of the working tree: YAML, and no hidden folder on the
  /// way.
  fileprivate func isPlanFile(below folder: String) -> Bool {
    guard hasSuffix(".yaml") || hasSuffix(".yml") else { return false }
    let rest = folder.isEmpty ? self[...] : dropFirst(folder.count + 1)
    return !rest.split(separator: "/").contains { $0.hasPrefix(".") }
  }
}
