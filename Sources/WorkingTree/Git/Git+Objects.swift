extension Git {
  /// An object that is asked for, and what it is in words for people.
  struct Wanted {
    let id: GitObject.ID
    let words: String
  }

  /// Hands out the contents of objects in their order, of which each may have `limit` bytes and is what its id
  /// names.
  ///
  /// git is started once for their sizes and then once for as many as fit into the memory of a few.
  func read(
    _ wanted: [Wanted], as kind: GitObject.Kind, limit: Int,
    _ body: (Int, [UInt8]) throws -> Void
  ) async throws {
    guard !wanted.isEmpty else { return }
    let sizes = try await sizes(of: wanted, as: kind, limit: limit)
    var start = 0
    while start < wanted.count {
      var (end, room) = (start, 0)
      while end < wanted.count, end == start || room + sizes[end] <= 4 * limit {
        room += sizes[end] + Self.longestHeader
        end += 1
      }
      let batch = wanted[start..<end]
      let answer = try await program.run(
        ["cat-file", "--batch", "--buffer"], limit: room, input: Self.lines(batch))
      guard answer.status == 0 else { throw Self.failure(answer) }
      var rest = answer.output[...]
      for (position, object) in zip(start..., batch) {
        // A line about the object, the object, a line end.
        guard let line = rest.firstIndex(of: UInt8(ascii: "\n")),
          rest[line...].count >= sizes[position] + 2
        else { throw Self.absent(object) }
        let content = rest[(line + 1)...].prefix(sizes[position])
        rest = rest[(content.endIndex + 1)...]
        guard object.id.names(content, as: kind) else { throw Self.forged(object) }
        try body(position, Array(content))
      }
      start = end
    }
  }

  /// Longer than the line that git prints before an object, and its line end behind it.
  private static let longestHeader = 128

  private static func lines(_ wanted: ArraySlice<Wanted>) -> [UInt8] {
    Array(wanted.map { $0.id.text + "\n" }.joined().utf8)
  }

  private func sizes(
    of wanted: [Wanted], as kind: GitObject.Kind, limit: Int
  ) async throws -> [Int] {
    let answer = try await program.run(
      ["cat-file", "--batch-check", "--buffer"], limit: wanted.count * Self.longestHeader,
      input: Self.lines(wanted[...]))
    guard answer.status == 0 else { throw Self.failure(answer) }
    let lines = answer.output.split(separator: UInt8(ascii: "\n"))
    return try wanted.indices.map { position in
      let words =
        position < lines.count
        ? String(decoding: lines[position], as: UTF8.self).split(separator: " ") : []
      guard words.count == 3, let size = Int(words[2]) else { throw Self.absent(wanted[position]) }
      guard words[1] == kind.rawValue else { throw Self.forged(wanted[position]) }
      guard size <= limit else {
        let most = kind == .blob ? "MiB, which no plan is" : "MiB"
        throw WorkspaceError(
          .environment, "\(wanted[position].words) was larger than \(limit >> 20) \(most).")
      }
      return size
    }
  }

  /// A clone may leave out contents until they are asked for; Waltz fetches nothing.
  private static func absent(_ object: Wanted) -> WorkspaceError {
    WorkspaceError(
      .environment,
      "git has no content for \(object.words) (\(object.id.text)). \(refetch)")
  }

  private static let refetch = "`git fetch --refetch` fetches what a partial clone left out."

  /// Why objects could not be read; some versions of git end at the first that a partial clone left out.
  static func failure(_ answer: GitProgram.Answer) -> WorkspaceError {
    guard ["lazy fetching", "promisor"].contains(where: answer.errors.contains) else {
      return answer.failure
    }
    return WorkspaceError(.environment, "git lacks a part of the revision. \(refetch)")
  }

  static func forged(_ object: Wanted) -> WorkspaceError {
    WorkspaceError(
      .environment,
      "What git keeps for \(object.words) is not what its id \(object.id.text) stands for. The repository is "
        + "damaged, or somebody changed it. `git fsck` says what else is; a new clone mends it.")
  }
}
