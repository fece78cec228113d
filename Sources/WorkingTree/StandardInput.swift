/// What is read as it comes: there is no file that another text could take the place of, and it is read once.
package enum StandardInput {
  /// Whether a path, as it is spelled, is standard input or names a descriptor of this process: `/dev/stdin`,
  /// and `/dev/fd/63` as `<(…)` becomes.
  static func isOpenedByCaller(_ path: String) -> Bool {
    path == "-" || path == "/dev/stdin"
      || ["/dev/fd/", "/proc/self/fd/"].contains { path.hasPrefix($0) }
  }

  /// Whether a path, as it is spelled, is standard input.
  package static func isMeant(by path: String) -> Bool {
    ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(path)
  }

  /// Refuses standard input in two places: whoever reads it second finds nothing there.
  ///
  /// - Throws: ``WorkspaceError`` of the arguments.
  package static func check(_ paths: [String]) throws(WorkspaceError) {
    let named = paths.filter(isMeant)
    guard named.count > 1 else { return }
    throw WorkspaceError(
      .arguments,
      "Standard input is named \(named.count == 2 ? "twice" : "\(named.count) times") "
        + "(\(named.joined(separator: ", "))) but can be read only once. Name a file instead.")
  }
}
