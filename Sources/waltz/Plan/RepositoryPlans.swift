import PlanCompiler
import PlanSyntax
import PlanText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The plans at some paths, in a revision and in the working tree.
struct RepositoryPlans {
  private let folder = WorkingFolder()
  private let git: Git
  private let base: String
  private let commit: String
  private let admitted: [String]
  private let overlaysBefore: PlanOverlays
  private(set) var old: PlanSide
  private(set) var new: PlanSide

  /// Reads both sides; the overlays of the working tree belong to the new one, as they were in the revision
  /// to the old one.
  ///
  /// - Throws: where git or a file fails; what is wrong with a plan is among the diagnostics of its side.
  static func read(
    _ paths: [String], since base: String, _ overlays: OverlayOptions,
    admitting admitted: [String]
  ) async throws -> RepositoryPlans {
    let git = try await Git(folder: Place(paths[0]).folder)
    let commit = try await git.commit(base)
    let after = try overlays.read(behind: 0, admitting: admitted)
    var before = PlanOverlays()
    for (number, path) in overlays.paths.enumerated() {
      let source = try await Self.overlay(path, after.files[number].source, git, commit)
      if let source { before.add(source, id: SourceID(position: before.files.count)) }
    }
    var plans = RepositoryPlans(
      git: git, base: base, commit: commit, admitted: admitted, overlaysBefore: before,
      old: PlanSide(before, admitted: admitted), new: PlanSide(after, admitted: admitted))
    var seen: Set<String> = []
    for path in paths { try await plans.read(path, seen: &seen) }
    try await plans.followRenames()
    return plans
  }

  /// An overlay as it was: what the revision holds, nothing where it was not there yet, and a file outside of
  /// the repository as it is.
  private static func overlay(
    _ path: String, _ now: SourceText, _ git: Git, _ commit: String
  ) async throws -> SourceText? {
    guard path != "-", let inside = Place(path).path(below: git.top) else { return now }
    let entries = try await git.entries(of: commit, at: inside)
    guard let entry = entries.first(where: { $0.path == inside && !$0.isLink }) else { return nil }
    let bytes = try await git.content(entry, limit: SyntaxLimits.standard.size)
    return SourceText(name: inside, bytes: bytes)
  }

  private mutating func read(_ path: String, seen: inout Set<String>) async throws {
    let place = Place(path)
    guard let inside = place.path(below: git.top) else {
      throw CommandError(
        .environment, "`\(path)` is not in the repository \(git.top); --git compares what is.")
    }
    let isFolder = Files.isFolder(path)
    let before = try await git.entries(of: commit, at: inside)
    guard isFolder || Files.exists(path) || !before.isEmpty else {
      throw CommandError(
        .environment, "`\(path)` is neither in the working tree nor in `\(base)`.")
    }
    let wasFile = before.count == 1 && before[0].path == inside
    for entry in before {
      if !wasFile, !entry.path.isPlanFile(below: inside) { continue }
      guard entry.isNamed else {
        throw CommandError(
          .environment,
          "The name of `\(entry.path)` in `\(base)` is not UTF-8, so it can not be told which plan it is. "
            + "Name the plans to compare one by one, and rename the file.")
      }
      if entry.isLink {
        guard wasFile else { continue }
        throw CommandError(
          .environment, "`\(entry.path)` is a symbolic link in `\(base)`; Waltz does not follow it."
        )
      }
      guard seen.insert("old \(entry.path)").inserted else { continue }
      try await readOld(entry, as: wasFile ? .everything : .plansOnly)
    }
    guard isFolder || Files.exists(path) else { return }
    let files = isFolder ? try Files.yamlFiles(below: path) : [path]
    for file in files {
      guard let name = Place(file).path(below: git.top), !isInSubmodule(name, below: inside) else {
        continue
      }
      guard seen.insert("new \(name)").inserted else { continue }
      try folder.checkLinks([file], of: FolderPath(spelled: git.top), admitting: admitted)
      let bytes = try Files.read(file, limit: SyntaxLimits.standard.size)
      try new.read(bytes, path: name, as: isFolder ? .plansOnly : .everything)
    }
  }

  private mutating func readOld(_ entry: Git.Entry, as selection: PlanSide.Selection) async throws {
    let bytes = try await git.content(entry, limit: SyntaxLimits.standard.size)
    try old.read(bytes, path: entry.path, as: selection)
  }

  /// A plan that is nowhere at the paths of the revision may have stood in a file that is gone.
  private mutating func followRenames() async throws {
    let names = Set(old.plans.map(\.name))
    var missing = Set(new.plans.map(\.name)).subtracting(names)
    guard !missing.isEmpty else { return }
    let known = Set(old.plans.map(\.path))
    for entry in try await git.entries(of: commit, at: "")
    where !missing.isEmpty && entry.isNamed && entry.path.isPlanFile(below: "") && !entry.isLink
      && !known.contains(entry.path) && !Files.exists(git.top + "/" + entry.path)
    {
      var side = PlanSide(overlaysBefore, admitted: admitted)
      let bytes = try await git.content(entry, limit: SyntaxLimits.standard.size)
      try side.read(bytes, path: entry.path, as: .plansOnly)
      for plan in side.plans where missing.remove(plan.name) != nil { old.add(plan) }
    }
  }

  /// Whether a folder on the way to the file is a repository of its own.
  private func isInSubmodule(_ path: String, below folder: String) -> Bool {
    var parts = path.split(separator: "/").dropLast()
    while !parts.isEmpty, parts.joined(separator: "/") != folder {
      if Files.exists(git.top + "/" + parts.joined(separator: "/") + "/.git") { return true }
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

/// Where a path leads, also one whose last parts are gone: without links but in its last part.
private struct Place {
  /// The nearest folder that is there.
  let folder: String

  private let rest: [String]

  init(_ path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    var start = path.hasPrefix("/") ? "/" : "."
    var rest: [String] = []
    // A file itself may be a link; its folder is resolved.
    if !Files.isFolder(path) || isLink(path), let last = parts.popLast() { rest = [last] }
    while true {
      start = (path.hasPrefix("/") ? "/" : "./") + parts.joined(separator: "/")
      if let real = realpath(start, nil) {
        folder = String(cString: real)
        free(real)
        break
      }
      guard let last = parts.popLast() else {
        folder = start
        break
      }
      rest.insert(last, at: 0)
    }
    self.rest = rest
  }

  /// The path from the top of a repository; empty for the top itself, nil outside of it.
  func path(below top: String) -> String? {
    guard folder == top || folder.hasPrefix(top == "/" ? top : top + "/") else { return nil }
    let inside = folder.dropFirst(top.count).split(separator: "/").map(String.init)
    return (inside + rest).joined(separator: "/")
  }
}

private func isLink(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
}
