/// Which files and headings there are, to hold references to.
struct ReferenceCheck {
  /// Every file and folder, from the repository's folder.
  private let paths: Set<String>

  /// The names of all files, without their folders.
  private let names: Set<String>

  /// The headings of each document, as they are cited and as anchors.
  private let headings: [String: (texts: Set<String>, anchors: Set<String>)]

  /// A check against `files`, of which the documents come with their texts; `packages` are names that look
  /// like files and are not.
  init(files: Set<String>, documents: [SourceFile], packages: [String] = []) {
    var paths = files
    for file in files {
      var folder = file[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        guard paths.insert(String(folder)).inserted else { break }
      }
    }
    self.paths = paths
    names = Set(files.map { String($0.split(separator: "/").last ?? "") }).union(packages)
    headings = Dictionary(
      documents.map { ($0.path, Self.headings(of: $0.text)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What is wrong with the references of a file, each as `FILE:LINE: what`.
  func problems(in file: SourceFile) -> [String] {
    guard let kind = Self.kind(of: file.path) else { return [] }
    return ReferenceFinder.references(in: file.text, kind).compactMap { reference in
      problem(with: reference, in: file.path).map { "\(file.path):\(reference.line): \($0)" }
    }
  }

  /// How a file's text is read; nil where it names no files.
  static func kind(of path: String) -> ReferenceFinder.Kind? {
    if path.hasSuffix(".swift") { return .swift }
    if path.hasSuffix(".md") { return .markdown }
    // What is in a corpus is anything at all.
    guard !path.contains("/corpus/") else { return nil }
    let name = path.split(separator: "/").last ?? ""
    let isScript =
      !name.contains(".") || [".py", ".sh", ".c", ".h"].contains { name.hasSuffix($0) }
    return isScript ? .script : nil
  }

  /// What Waltz writes into folders of its users: a pack of evidence has a guide.
  private static let madeElsewhere: Set = ["VERIFY.md"]

  private func problem(with reference: Reference, in file: String) -> String? {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let path: String
    switch reference.target {
    case .path(let whole):
      guard paths.contains(whole) else { return "there is no \(whole)" }
      path = whole
    case .link(let link):
      path = link.isEmpty ? file : Self.resolved(folder + link)
      guard paths.contains(path) else { return "the link to \(link) leads nowhere" }
    case .name(let name):
      if Self.madeElsewhere.contains(name) { return nil }
      if name.hasSuffix(".swift") { return names.contains(name) ? nil : "there is no \(name)" }
      guard let found = [folder + name, name].first(where: paths.contains) else {
        return "there is no \(name) here; name it with its folder"
      }
      path = found
    }
    if let heading = reference.heading, !(headings[path]?.texts.contains(heading) ?? false) {
      return "\(path) has no heading \"\(heading)\""
    }
    if let anchor = reference.anchor, !(headings[path]?.anchors.contains(anchor) ?? false) {
      return "\(path) has no heading for #\(anchor)"
    }
    return nil
  }

  /// A path without `.` and `..`.
  private static func resolved(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  private static func headings(of text: String) -> (texts: Set<String>, anchors: Set<String>) {
    var texts: Set<String> = []
    var anchors: Set<String> = []
    var seen: [String: Int] = [:]
    var isFence = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("```") { isFence.toggle() }
      if line.hasPrefix("<a id=\"") {
        anchors.insert(String(line.dropFirst(7).prefix { $0 != "\"" }))
      }
      let title = line.drop { $0 == "#" }
      guard !isFence, title.count < line.count, title.hasPrefix(" ") else { continue }
      let heading = title.dropFirst().replacing("`", with: "")
      texts.insert(String(heading))
      let anchor = anchor(of: heading)
      let count = seen[anchor, default: 0]
      seen[anchor] = count + 1
      anchors.insert(count == 0 ? anchor : "\(anchor)-\(count)")
    }
    return (texts, anchors)
  }

  /// The anchor that GitHub gives a heading.
  private static func anchor(of heading: some StringProtocol) -> String {
    String(
      heading.lowercased().compactMap { character in
        if character == " " { return "-" }
        return character.isLetter || character.isNumber || character == "-" || character == "_"
          ? character : nil
      })
  }
}
