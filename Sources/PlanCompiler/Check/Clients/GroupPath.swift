import PlanModel
import PlanText

/// The path of a group as a plan writes it, and as SEPM would: `My Company\Paris\Laptops`.
struct GroupPath {
  /// Why no client is in a group of this path.
  enum Mistake {
    /// An escape of double quotes stands where a backslash was meant.
    case escape
    /// Slashes between the parts.
    case slash
    /// Two backslashes between two parts.
    case doubled
    /// A backslash at the end.
    case trailing
    /// Not below the root of SEPM's tree.
    case noRoot
  }

  /// The path as the author sees it.
  let written: String

  /// The nearest path that SEPM could have; nothing of the written one is left out.
  let meant: String

  /// What is wrong with it; nil for a path that SEPM could have.
  let mistake: Mistake?

  /// A path of a plan.
  init(_ path: String) {
    let root = ClientSelector.rootGroup
    let unescaped = path.undoingEscapes
    written = unescaped ?? path
    // A group may have a slash in its name where backslashes show that the author knows the separator.
    let hasSlashes = written.contains("/") && !written.contains("\\")
    var parts = written.split { $0 == "\\" || hasSlashes && $0 == "/" }.map(String.init)
    if parts.first?.lowercased() == root.lowercased() {
      parts[0] = root
    } else {
      parts.insert(root, at: 0)
    }
    meant = parts.joined(separator: "\\")
    mistake =
      if unescaped != nil {
        .escape
      } else if path == meant {
        nil
      } else if hasSlashes {
        .slash
      } else if !path.hasPrefix(root + "\\") {
        .noRoot
      } else if path.contains("\\\\") {
        .doubled
      } else {
        .trailing
      }
  }
}

extension String {
  /// Whether this is the root of SEPM's tree, in which every client is, with or without a separator behind.
  var isRootGroup: Bool {
    let root = ClientSelector.rootGroup
    guard hasPrefix(root) else { return false }
    return dropFirst(root.count).allSatisfy { $0 == "\\" || $0 == "/" }
  }
}
