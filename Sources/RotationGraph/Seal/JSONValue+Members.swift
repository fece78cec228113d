import CanonicalJSON
import PlanText

// Reading members of a stored graph. What is not there or not what was written is damage.

extension JSONValue {
  func member(_ name: String) throws(SealedGraphError) -> JSONValue {
    guard let value = self[name] else {
      throw .damaged("\"\(name)\" is missing")
    }
    return value
  }

  /// The value of a member; nil where it is null.
  func optional(_ name: String) throws(SealedGraphError) -> JSONValue? {
    let value = try member(name)
    return value == .null ? nil : value
  }

  func text(_ name: String) throws(SealedGraphError) -> String {
    guard let text = try member(name).string else { throw .damaged("\"\(name)\" is not a text") }
    return text
  }

  func optionalText(_ name: String) throws(SealedGraphError) -> String? {
    guard let value = try optional(name) else { return nil }
    guard let text = value.string else { throw .damaged("\"\(name)\" is not a text") }
    return text
  }

  func number(_ name: String, upTo most: Int) throws(SealedGraphError) -> Int {
    guard let number = try member(name).integer else {
      throw .damaged("\"\(name)\" is not a whole number")
    }
    guard (0...Int64(most)).contains(number) else {
      throw .damaged("\"\(name)\" is \(number), which it cannot be")
    }
    return Int(number)
  }

  func optionalNumber(_ name: String, upTo most: Int) throws(SealedGraphError) -> Int? {
    try optional(name) == nil ? nil : try number(name, upTo: most)
  }

  func list(_ name: String) throws(SealedGraphError) -> [JSONValue] {
    guard let list = try member(name).array else { throw .damaged("\"\(name)\" is not a list") }
    return list
  }

  func texts(_ name: String) throws(SealedGraphError) -> [String] {
    try list(name).texts(in: name)
  }

  /// A word of a closed set.
  func word<Word: RawRepresentable<String>>(
    _ name: String, as type: Word.Type
  ) throws(SealedGraphError) -> Word {
    let text = try text(name)
    guard let word = Word(rawValue: text) else {
      throw .damaged("\"\(text)\" is not a value of \"\(name)\"")
    }
    return word
  }

  func optionalWord<Word: RawRepresentable<String>>(
    _ name: String, as type: Word.Type
  ) throws(SealedGraphError) -> Word? {
    try optional(name) == nil ? nil : try word(name, as: type)
  }
}

extension [JSONValue] {
  func texts(in name: String) throws(SealedGraphError) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(count)
    for value in self {
      guard let text = value.string else {
        throw .damaged(
          "\"\(name)\" holds something other than text")
      }
      texts.append(text)
    }
    return texts
  }

  /// Reads every element.
  func each<Value>(
    _ read: (JSONValue) throws(SealedGraphError) -> Value
  ) throws(SealedGraphError) -> [Value] {
    var elements: [Value] = []
    elements.reserveCapacity(count)
    for value in self { elements.append(try read(value)) }
    return elements
  }
}
