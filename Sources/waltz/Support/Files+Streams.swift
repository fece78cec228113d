/// What is read as it comes: there is no file that another text could take the place of, and it is read once.
extension Files {
  /// Whether a path, as it is spelled, names a descriptor of this process: `/dev/stdin`, and `/dev/fd/63` as
  /// `<(…)` becomes.
  static func isOpenedByCaller(_ path: String) -> Bool {
    path == "/dev/stdin" || ["/dev/fd/", "/proc/self/fd/"].contains { path.hasPrefix($0) }
  }

  /// Whether a path, as it is spelled, is standard input.
  static func isStandardInput(_ path: String) -> Bool {
    ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(path)
  }

  /// Whether what is read there is no file that could be written again: standard input, what the caller's
  /// shell has opened, whatever that is, a pipe or a device.
  static func isStream(_ path: String) -> Bool {
    path == "-" || isOpenedByCaller(path) || isPipeOrDevice(path)
  }

  /// Refuses standard input in two places: whoever reads it second finds nothing there.
  ///
  /// - Throws: ``CommandError`` of the arguments.
  static func checkStandardInput(_ paths: [String]) throws {
    let named = paths.filter(isStandardInput)
    guard named.count > 1 else { return }
    throw CommandError(
      .usage,
      "Standard input is named \(named.count == 2 ? "twice" : "\(named.count) times") "
        + "(\(named.joined(separator: ", "))) and can be read once. Name a file for the other.")
  }
}
