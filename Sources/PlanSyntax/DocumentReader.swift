internal import CYAML
internal import PlanText

/// Reads documents from one place of the source on, until the end or the first text that is no YAML.
struct DocumentReader {
  /// What stopped the reading, and where looking for a further document may start.
  struct Problem {
    let diagnostic: Diagnostic
    let resume: Int
  }

  private let text: YAMLText
  private let origin: YAMLText.Origin
  private let limits: SyntaxLimits

  /// How many documents are taken.
  private let room: Int
  private var builder: TreeBuilder

  private(set) var documents: [SyntaxTree] = []
  private(set) var diagnostics = DiagnosticList()

  init(text: YAMLText, from start: Int, limits: SyntaxLimits, room: Int, isFirst: Bool) {
    self.text = text
    self.limits = limits
    self.room = room
    origin = text.origin(at: start)
    builder = TreeBuilder(text: text, limits: limits)
    if isFirst { builder.reserve(forBytes: text.bytes.count) }
  }

  /// Feeds libyaml's events to the builder; what stopped it, nil at the end of the source.
  mutating func readAll() -> Problem? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { return outOfMemory() }
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    let rest = UnsafeBufferPointer(rebasing: text.bytes[origin.byte...])
    yaml_parser_set_input_string(parser, rest.baseAddress, rest.count)

    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    defer { event.deallocate() }
    while true {
      guard yaml_parser_parse(parser, event) == 1 else {
        diagnostics.append(contentsOf: builder.takeDiagnostics())
        return problem(of: parser)
      }
      let isLast = event.pointee.type == YAML_STREAM_END_EVENT
      take(event)
      yaml_event_delete(event)
      if isLast { return nil }
      if documents.count > room { return tooManyDocuments() }
      if let refusal = builder.refusal {
        diagnostics.append(contentsOf: builder.takeDiagnostics())
        return Problem(diagnostic: refusal, resume: Int(refusal.span.start))
      }
    }
  }

  private mutating func take(_ event: UnsafeMutablePointer<yaml_event_t>) {
    let start = offset(event.pointee.start_mark)
    let end = offset(event.pointee.end_mark)
    switch event.pointee.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.pointee.data.scalar
      builder.scalar(
        UnsafeBufferPointer(start: scalar.value, count: scalar.length),
        style: SyntaxTree.ScalarStyle(scalar.style), start: start, end: end,
        anchor: scalar.anchor, tag: scalar.tag)
    case YAML_MAPPING_START_EVENT:
      let mapping = event.pointee.data.mapping_start
      builder.open(
        .mapping, isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE, start: start,
        anchor: mapping.anchor, tag: mapping.tag)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.pointee.data.sequence_start
      builder.open(
        .sequence, isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE, start: start,
        anchor: sequence.anchor, tag: sequence.tag)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      builder.close(end: end)
    case YAML_ALIAS_EVENT:
      builder.alias(event.pointee.data.alias.anchor, start: start, end: end)
    case YAML_DOCUMENT_START_EVENT:
      let document = event.pointee.data.document_start
      if document.tag_directives.start != document.tag_directives.end {
        diagnostics.append(text.tagDirective(before: end))
      }
    case YAML_DOCUMENT_END_EVENT:
      if let tree = builder.finish() { documents.append(tree) }
      diagnostics.append(contentsOf: builder.takeDiagnostics())
    default:
      break
    }
  }

  private func offset(_ mark: yaml_mark_t) -> Int {
    text.offset(ofScalar: mark.index, from: origin)
  }

  private mutating func problem(of parser: UnsafeMutablePointer<yaml_parser_t>) -> Problem {
    guard parser.pointee.error != YAML_MEMORY_ERROR else { return outOfMemory() }
    let context = offset(parser.pointee.context_mark)
    let failure = YAMLFailure(
      problem: parser.pointee.problem.map { String(cString: $0) } ?? "",
      context: parser.pointee.context.map { String(cString: $0) } ?? "",
      at: offset(parser.pointee.problem_mark), contextAt: context,
      openBracket: builder.openBracket, lastScalar: builder.lastScalar, text: text)
    let diagnostic = failure.diagnostic()
    // What follows belongs to the document that seemed to be over: that one is the broken one.
    if failure.isAfterDocument { _ = documents.popLast() }
    return Problem(diagnostic: diagnostic, resume: max(failure.at, context))
  }

  private mutating func tooManyDocuments() -> Problem {
    let start = documents.popLast().flatMap { tree in tree.root.map { tree.span(of: $0).start } }
    return Problem(
      diagnostic: Diagnostic(
        .tooLarge, at: start.map { text.span(Int($0), Int($0) + 1) } ?? .none,
        "The file holds more than \(limits.documents) documents. The rest was not read.",
        help: "Give each estate a file of its own."),
      resume: text.bytes.count)
  }

  private func outOfMemory() -> Problem {
    Problem(
      diagnostic: Diagnostic(
        .unreadable, at: text.span(origin.byte, origin.byte),
        "There was not enough memory to read the document."),
      resume: text.bytes.count)
  }
}

extension SyntaxTree.ScalarStyle {
  init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
