import CanonicalJSON
import PrivateFiles
import RotationEngine
import RotationGraph
import RunStore

/// A fold of a journal's beginning as it was kept, with the event that it goes up to and the hash of the chain there.
struct KeptFold: Sendable {
  /// The run's id.
  let run: String

  /// The digest of the graph whose steps it means.
  let digest: String

  /// The last event that was folded.
  let sequence: Int

  /// The hash of the chain at that event, over what was folded, in hexadecimal.
  let head: String

  /// What a list shows of the run there.
  let gist: RunGist

  /// The state, as ``FoldCodec`` writes it.
  let state: JSONValue
}

/// Where the folds of journals are kept, so that who looks at a run need not read its journal from the first event on: a
/// file for each run in a folder beside the state, safe to delete. Nothing here fails: what is not kept is folded again.
///
/// A fold is no record. Whoever takes one has to hold its head against the journal, and an executor takes none.
struct FoldShelf: Sendable {
  private let path: String

  /// The shelf of a state directory.
  init(in folder: String) {
    path = folder + "/folds"
  }

  /// What is kept of a run; nil where there is nothing that can be used.
  func fold(of run: String) -> KeptFold? {
    guard let fold = bytes(of: run).flatMap({ KeptFold($0) }), fold.run == run else { return nil }
    return fold
  }

  /// The file of a run, as it stands.
  func bytes(of run: String) -> [UInt8]? {
    guard let folder = try? PrivateFolder(path, for: .looking, isNamedByUser: false) else {
      return nil
    }
    return try? folder.contents(of: Self.name(of: run), limit: Self.largestSize)
  }

  /// Keeps the fold of an archive, unless the directory is not this user's to write in.
  func keep(_ archive: RunArchive, _ state: RunState, head: String) {
    guard let folder = try? PrivateFolder(making: path) else { return }
    try? folder.replace(
      Self.name(of: archive.id), with: KeptFold.bytes(of: archive, state, head: head))
  }

  /// What is said of a fold that the journal does not come to.
  func trouble(with run: String) -> String {
    "The fold that is kept in `\(path)/\(Self.name(of: run))` says something else than the journal. It only saves time; "
      + "what it says was shown by `status` and `runs`. Find out who wrote it, then remove it."
  }

  /// More than the largest rotation has.
  private static let largestSize = 64 << 20

  private static func name(of run: String) -> String { "\(run).fold" }
}

extension KeptFold {
  /// Three lines: what the fold is of, the state, and a digest of both that tells a file which was cut or damaged.
  static func bytes(of archive: RunArchive, _ state: RunState, head: String) -> [UInt8] {
    let codec = FoldCodec(archive.codec, graph: archive.graph.graph)
    var writer = JSONWriter(capacity: 1 << 14)
    writer.object { writer in
      writer.member("fold", FoldCodec.version)
      writer.member("run", archive.id)
      writer.member("digest", archive.graph.digest)
      writer.member("sequence", state.lastSequence)
      writer.member("head", head)
      writer.key("gist")
      codec.write(RunGist(state, at: state.lastAt ?? Instant(milliseconds: 0)), to: &writer)
    }
    writer.newLine()
    codec.write(state, to: &writer)
    writer.newLine()
    return writer.bytes + Array(Attachment.digest(of: writer.bytes).utf8)
  }

  /// Nil where the bytes are no whole fold of this version.
  fileprivate init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count == 3,
      Attachment.digest(of: Array(bytes.dropLast(lines[2].count))).utf8.elementsEqual(lines[2]),
      let about = try? JSONValue(parsing: lines[0]), let state = try? JSONValue(parsing: lines[1]),
      about["fold"]?.integer == Int64(FoldCodec.version),
      let run = about["run"]?.string, let digest = about["digest"]?.string,
      let sequence = about["sequence"]?.integer, let head = about["head"]?.string,
      let gist = about["gist"].flatMap({ try? FoldCodec.gist($0) })
    else { return nil }
    self.init(
      run: run, digest: digest, sequence: Int(clamping: sequence), head: head, gist: gist,
      state: state)
  }
}
