import CanonicalJSON
import PlanCompiler
import RotationGraph

extension FuzzEntry {
  /// JSON as the journal and the graph are stored: what was read is written and read again as the same.
  static let json = FuzzEntry(name: "json") { bytes in
    guard let value = try? JSONValue(parsing: bytes) else { return }
    var writer = JSONWriter()
    writer.value(value)
    expect((try? JSONValue(parsing: writer.bytes)) == value, "written, it reads as something else")
  }

  /// Stored graphs: what is read is sealed as a graph that reads as the same.
  static let graph = FuzzEntry(name: "graph") { bytes in
    guard let stored = try? SealedGraph(canonicalBytes: bytes) else { return }
    // As `waltz run` does with a graph of the command line.
    _ = review(stored.graph)
    let sealed = seal(stored.graph)
    guard let again = try? SealedGraph(canonicalBytes: sealed.canonicalBytes) else {
      return expect(false, "sealed again, it cannot be read")
    }
    expect(
      seal(again.graph).canonicalBytes == sealed.canonicalBytes, "every reading changes the graph")
  }
}
