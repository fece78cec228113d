internal import CYAML
public import PlanText

/// One step of reading a document as it is written: aliases as aliases, properties, document markers.
///
/// What a ``SyntaxTree`` leaves out, for who lays a document out anew. All places are bytes.
public struct SyntaxEvent: Sendable {
  /// What is read.
  public enum Kind: UInt8, Sendable {
    case documentStart
    case documentEnd
    case scalar
    case alias
    case sequenceStart
    case mappingStart
    case collectionEnd
  }

  /// What is read.
  public let kind: Kind

  /// How a scalar is written.
  public let style: SyntaxTree.ScalarStyle

  /// Whether a collection is in brackets or braces.
  public let isFlow: Bool

  /// Whether a document starts or ends without a marker.
  public let isImplicit: Bool

  /// Where it starts, anchor and tag included; for a document its first directive.
  public let start: UInt32

  /// Where the node itself starts.
  public let content: UInt32

  /// Where it ends; for a block scalar after the breaks behind its last line.
  public let end: UInt32

  /// The anchor with its `&`; empty without one.
  public let anchor: Range<UInt32>

  /// The tag; empty without one.
  public let tag: Range<UInt32>

  fileprivate let text: Range<UInt32>

  /// Whether the node has an anchor or a tag.
  public var hasProperties: Bool { !anchor.isEmpty || !tag.isEmpty }

  /// Whether nothing is written at all where a value may stand.
  public var isOmitted: Bool {
    kind == .scalar && style == .plain && text.isEmpty && !hasProperties
  }
}

/// The events of a source in their order.
public struct SyntaxEvents: Sendable {
  /// The events, without those of the stream.
  public fileprivate(set) var events: [SyntaxEvent] = []

  private var text: [UInt8] = []

  /// The bytes of a scalar after unquoting and unfolding.
  public func utf8(of event: SyntaxEvent) -> ArraySlice<UInt8> {
    text[Int(event.text.lowerBound)..<Int(event.text.upperBound)]
  }

  /// Reads a source in which ``parseSyntax(_:id:limits:)`` found no error; nil where libyaml finds one.
  public init?(_ source: SourceText, id: SourceID) {
    events.reserveCapacity(source.bytes.count / 12)
    let isWhole = source.bytes.withUnsafeBufferPointer { bytes in
      let isASCII = bytes.allSatisfy { $0 < 0x80 }
      return read(YAMLText(bytes: bytes, id: id, isASCII: isASCII))
    }
    guard isWhole else { return nil }
  }

  private mutating func read(_ text: YAMLText) -> Bool {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { return false }
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    let origin = text.origin(at: text.start)
    let rest = UnsafeBufferPointer(rebasing: text.bytes[text.start...])
    yaml_parser_set_input_string(parser, rest.baseAddress, rest.count)
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    defer { event.deallocate() }
    while true {
      guard yaml_parser_parse(parser, event) == 1 else { return false }
      let isLast = event.pointee.type == YAML_STREAM_END_EVENT
      add(event.pointee, text, origin)
      yaml_event_delete(event)
      if isLast { return true }
    }
  }

  private mutating func add(_ event: yaml_event_t, _ text: YAMLText, _ origin: YAMLText.Origin) {
    let start = text.offset(ofScalar: event.start_mark.index, from: origin)
    let end = text.offset(ofScalar: event.end_mark.index, from: origin)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let first = UInt32(truncatingIfNeeded: self.text.count)
      self.text.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
      append(
        .scalar, start, end, text, style: SyntaxTree.ScalarStyle(scalar.style),
        hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil,
        value: first..<UInt32(truncatingIfNeeded: self.text.count))
    case YAML_ALIAS_EVENT: append(.alias, start, end, text)
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      append(
        .mappingStart, start, end, text, isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE,
        hasAnchor: mapping.anchor != nil, hasTag: mapping.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      append(
        .sequenceStart, start, end, text, isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE,
        hasAnchor: sequence.anchor != nil, hasTag: sequence.tag != nil)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: append(.collectionEnd, start, end, text)
    case YAML_DOCUMENT_START_EVENT:
      append(
        .documentStart, start, end, text, isImplicit: event.data.document_start.implicit != 0)
    case YAML_DOCUMENT_END_EVENT:
      append(.documentEnd, start, end, text, isImplicit: event.data.document_end.implicit != 0)
    default: break
    }
  }

  private mutating func append(
    _ kind: SyntaxEvent.Kind, _ start: Int, _ end: Int, _ text: YAMLText,
    style: SyntaxTree.ScalarStyle = .plain, isFlow: Bool = false, isImplicit: Bool = false,
    hasAnchor: Bool = false, hasTag: Bool = false, value: Range<UInt32> = 0..<0
  ) {
    func place(_ offset: Int) -> UInt32 { UInt32(truncatingIfNeeded: offset) }
    var content = start
    var anchor = 0..<0
    var tag = 0..<0
    if hasAnchor || hasTag {
      let properties = text.properties(at: start, hasAnchor: hasAnchor, hasTag: hasTag)
      content = kind == .scalar ? min(properties.content, end) : properties.content
      anchor = properties.anchor ?? anchor
      tag = properties.tag ?? tag
    }
    events.append(
      SyntaxEvent(
        kind: kind, style: style, isFlow: isFlow, isImplicit: isImplicit, start: place(start),
        content: place(content), end: place(end),
        anchor: place(anchor.lowerBound)..<place(anchor.upperBound),
        tag: place(tag.lowerBound)..<place(tag.upperBound), text: value))
  }
}
