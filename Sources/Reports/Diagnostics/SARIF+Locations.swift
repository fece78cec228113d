internal import CanonicalJSON
import PlanText
internal import PlanText

// Places and changes.
extension SARIF {
  /// Writes a location as an element of a list; nothing where the place is not known.
  func writeLocation(
    _ span: SourceSpan, id: Int? = nil, _ message: String? = nil, to writer: inout JSONWriter
  ) {
    guard report.tables[span.source] != nil else { return }
    writer.object { writer in
      if let id { writer.member("id", id) }
      if let message { writeText(message, as: "message", to: &writer) }
      writePhysicalLocation(span, to: &writer)
    }
  }

  /// Writes a location as a member's value.
  func writeBareLocation(_ span: SourceSpan, to writer: inout JSONWriter) {
    writer.object { writer in
      guard report.tables[span.source] != nil else { return }
      writePhysicalLocation(span, to: &writer)
    }
  }

  private func writePhysicalLocation(_ span: SourceSpan, to writer: inout JSONWriter) {
    writer.key("physicalLocation")
    writer.object { writer in
      if let path = report.path(of: span.source) { writeArtifact(path, to: &writer) }
      writer.key("region")
      writeRegion(span, withSnippet: true, to: &writer)
    }
  }

  func writeArtifact(_ path: DiagnosticReport.Path, to writer: inout JSONWriter) {
    writer.key("artifactLocation")
    writer.object { writer in
      if path.isInside {
        writer.member("uri", Self.encoded(path.text))
        writer.member("uriBaseId", "SRCROOT")
      } else {
        writer.member(
          "uri", (path.text.hasPrefix("/") ? "file://" : "") + Self.encoded(path.text))
      }
    }
  }

  private func writeRegion(
    _ span: SourceSpan, withSnippet: Bool, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      guard let (start, end) = report.tables.positions(of: span) else { return }
      writer.member("startLine", start.line)
      writer.member("startColumn", start.column)
      writer.member("endLine", end.line)
      writer.member("endColumn", end.column)
      writer.member("byteOffset", start.offset)
      writer.member("byteLength", end.offset - start.offset)
      if withSnippet {
        let shown = start.offset..<min(end.offset, start.offset + Self.snippetLimit)
        writeText(
          String(decoding: report.tables.shownBytes(shown, of: span.source), as: UTF8.self),
          as: "snippet", to: &writer)
      }
    }
  }

  /// In bytes; a section of ten thousand servers is no snippet.
  private static let snippetLimit = 400

  func write(_ fix: Fix, to writer: inout JSONWriter) {
    var order: [SourceID] = []
    for edit in fix.edits where !order.contains(edit.span.source) { order.append(edit.span.source) }
    writer.object { writer in
      writeText(fix.title + ".", as: "description", to: &writer)
      writer.key("artifactChanges")
      writer.array { writer in
        for source in order {
          guard let path = report.path(of: source) else { continue }
          writer.object { writer in
            writeArtifact(path, to: &writer)
            writer.key("replacements")
            writer.array { writer in
              for edit in fix.edits where edit.span.source == source {
                write(edit, to: &writer)
              }
            }
          }
        }
      }
    }
  }

  private func write(_ edit: Fix.Edit, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("deletedRegion")
      writeRegion(edit.span, withSnippet: false, to: &writer)
      writeText(edit.replacement, as: "insertedContent", to: &writer)
    }
  }

  /// A path as the path of a URI (RFC 3986): all but letters, digits, `-._~/` as a percent sign and two
  /// digits.
  static func encoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case "0"..."9", "A"..."Z", "a"..."z", "-", ".",
        "_", "~", "/":
        result.append(byte)
      default:
        result += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
