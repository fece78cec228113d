import PlanSyntax
package import PlanText
package import WorkingTree

/// A file that was read and not looked into yet: the first stage of every document.
package struct ReadFile: Sendable {
  /// As the user gave it; `-` is standard input.
  package let path: String

  /// Empty where the file could not be read.
  package let source: SourceText

  /// Why the file could not be read.
  package let failure: WorkspaceError?

  /// A text that was read elsewhere, as the content of a path.
  package init(path: String, source: SourceText) {
    self.path = path
    self.source = source
    failure = nil
  }

  /// Reads a file; standard input goes by a name of its own.
  package init(
    _ path: String, in folder: WorkingFolder,
    standardInput: String = SourceText.standardInputName
  ) {
    self.path = path
    let name = SourceText.name(of: path, standardInput: standardInput)
    do throws(WorkspaceError) {
      source = SourceText(
        name: name, bytes: try folder.read(path, limit: SyntaxLimits.standard.size))
      failure = nil
    } catch {
      source = SourceText(name: name, bytes: [])
      failure = error
    }
  }

  /// Reads files, several at once, and leaves out those found beside plans that are none of Waltz's.
  ///
  /// * `jobs`: How many at once.
  /// * `others`: How many were left out.
  package static func read(
    _ files: [PlanPaths.File], in folder: WorkingFolder, standardInput: String, jobs: Int
  ) async -> (files: [ReadFile], others: Int) {
    let read = await inParallel(files.count, jobs: jobs) { position -> ReadFile? in
      let file = ReadFile(files[position].path, in: folder, standardInput: standardInput)
      // What cannot be read may be a plan.
      return files[position].isNamed || file.failure != nil || file.source.isOfWaltz ? file : nil
    }
    let kept = read.compactMap(\.self)
    return (kept, read.count - kept.count)
  }
}

extension SourceText {
  /// What standard input is called where nobody says otherwise.
  package static let standardInputName = "<stdin>"

  /// What a source is called that was read from a path; `-` is standard input.
  package static func name(
    of path: String, standardInput: String = standardInputName
  ) -> String {
    path == "-" ? standardInput : path
  }
}

extension SourceID {
  /// The source of the file at a position of the invocation.
  package init(position: Int) {
    self.init(index: UInt32(position))
  }
}
