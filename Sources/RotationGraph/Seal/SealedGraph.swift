import Cryptography

/// A graph with the bytes it is stored as and the digest it is known by.
///
/// The bytes depend on the values alone: not on the plan's layout, not on the machine. They hold the
/// whole plan, so that a run resumes without the YAML.
public struct SealedGraph: Sendable, Equatable {
  /// The graph.
  public let graph: StepGraph

  /// The canonical JSON of plan, steps and dependencies.
  public let canonicalBytes: [UInt8]

  /// `sha256:` and the 64 lower-case hexadecimal digits of the SHA-256 of ``canonicalBytes``.
  public let digest: String

  /// The version of the format that this program writes.
  public static let formatVersion = "1.0"

  init(graph: StepGraph, canonicalBytes: [UInt8]) {
    self.graph = graph
    self.canonicalBytes = canonicalBytes
    digest = HashFunction.digest(of: canonicalBytes)
  }

  /// Reads a graph back from its canonical bytes; its places are unknown.
  ///
  /// Whether the graph keeps the invariants of a rotation is not looked at: a sealed graph was verified.
  ///
  /// - Throws: ``SealedGraphError`` where a newer program wrote them or they are damaged.
  public init(canonicalBytes: [UInt8]) throws(SealedGraphError) {
    self.init(
      graph: try GraphReader.graph(from: canonicalBytes), canonicalBytes: canonicalBytes)
  }
}

/// Writes a graph's canonical bytes and takes their digest.
public func seal(_ graph: StepGraph) -> SealedGraph {
  SealedGraph(graph: graph, canonicalBytes: GraphWriter.bytes(of: graph))
}

/// Why bytes are no graph that this program reads.
public struct SealedGraphError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The two ways not to be readable.
  public enum Kind: Sendable, Equatable {
    /// A newer program wrote it.
    case newerFormat

    /// It is not what was written.
    case damaged
  }

  /// Which.
  public let kind: Kind

  /// What is wrong and what to do next.
  public let message: String

  public var description: String { message }

  static func newer(_ version: String) -> SealedGraphError {
    SealedGraphError(
      kind: .newerFormat,
      message: "The graph has format \(version), and this program reads format "
        + "\(SealedGraph.formatVersion). Use the newer program that wrote it.")
  }

  static func damaged(_ what: String) -> SealedGraphError {
    SealedGraphError(
      kind: .damaged,
      message: "The stored graph is damaged: \(what). "
        + "Restore it from a copy, or compile the plan again.")
  }
}
