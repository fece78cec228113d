import TestSupport

/// Valid documents that are written in all the ways that YAML allows, made from a seed: every style, any
/// indentation, comments and empty lines wherever they may stand.
struct WildYAML {
  private var random: SplitMix64
  private var text = ""
  private var number = 0
  private var anchors = 0

  static func text(seed: UInt64) -> String {
    var maker = WildYAML(random: SplitMix64(seed: seed))
    let count = 1 + maker.random.below(2)
    for document in 0..<count {
      if document > 0 || maker.chance(20) { maker.text += "---\(maker.tail())\n" }
      maker.anchors = 0
      maker.gap(0)
      maker.block(indent: 0, depth: 0)
    }
    maker.gap(0)
    if maker.chance(20) { return maker.text.replacing("\n", with: "\r\n") }
    return maker.text
  }

  private mutating func chance(_ percent: Int) -> Bool { random.chance(percent) }

  private mutating func next() -> Int {
    number += 1
    return number
  }

  private mutating func comment() -> String { "# note \(next())" + (chance(20) ? "  " : "") }

  /// What may stand behind something on its line.
  private mutating func tail() -> String {
    chance(15)
      ? String(repeating: " ", count: 1 + random.below(4)) + comment() : chance(5) ? " " : ""
  }

  /// Lines that say nothing.
  private mutating func gap(_ indent: Int) {
    while chance(20) {
      switch random.below(3) {
      case 0: text += "\n"
      case 1:
        text += String(repeating: " ", count: max(0, indent - random.below(3))) + comment() + "\n"
      default: text += String(repeating: " ", count: indent + random.below(4)) + comment() + "\n"
      }
    }
  }

  private func pad(_ count: Int) -> String { String(repeating: " ", count: count) }

  private mutating func key() -> String {
    let names = ["key", "'quoted'", "\"double\"", "a b", "x-1", "ключ"]
    var name = names[random.below(names.count)]
    let mark = "\(next())"
    if let quote = name.last, quote == "'" || quote == "\"" {
      name = String(name.dropLast()) + mark + String(quote)
    } else {
      name += mark
    }
    return name
  }

  private mutating func anchor() -> String {
    guard chance(8) else { return "" }
    anchors += 1
    return "&a\(anchors) "
  }

  private mutating func scalar(indent: Int) -> String {
    let words = [
      "plain", "1.10", "no", "2026-01-01", "24h", "98%", "'it''s'", "\"a\\tb # c\"", "\"\"",
      "' x '",
      "~", "a:b", "-x", "C:\\waltz", "größe", "two words", "{}", "[]", "!!str 12",
    ]
    if anchors > 0, chance(8) { return "*a\(1 + random.below(anchors))" }
    switch random.below(14) {
    case 0: return "one\n\(pad(indent + 1 + random.below(3)))two\n\n\(pad(indent + 1))three"
    case 1: return "\"one\n\(pad(indent + 1))two\\\n\(pad(indent + 2))three\""
    case 2: return "'one\n\n\(pad(indent + 1))two'"
    default: return anchor() + words[random.below(words.count)]
    }
  }

  private mutating func textBlock(indent: Int) -> String {
    let mark = ["|", ">"][random.below(2)] + ["", "-", "+"][random.below(3)]
    let inner = indent + 1 + random.below(4)
    var result = mark + (chance(20) ? " " + comment() : "") + "\n"
    for line in 0...random.below(3) {
      if line > 0, chance(30) { result += "\n" }
      result += pad(inner + (line > 0 && chance(30) ? 2 : 0)) + "text \(next())"
      result += chance(10) ? " # no comment\n" : "\n"
    }
    if chance(30) { result += "\n\n" }
    return result
  }

  private mutating func flow(_ depth: Int, indent: Int) -> String {
    let isMapping = chance(50)
    var result = anchor() + (isMapping ? "{" : "[")
    let count = random.below(5)
    for position in 0..<count {
      result += flowSpace(indent)
      if isMapping { result += key() + ":" + (chance(10) ? " ," : " ") }
      if !isMapping || !result.hasSuffix(",") {
        result +=
          depth < 3 && chance(30)
          ? flow(depth + 1, indent: indent)
          : ["plain", "'q'", "\"d\"", "1.10", "a b", String(repeating: "w", count: 30)][
            random.below(6)]
        if position < count - 1 || chance(20) { result += flowSpace(indent) + "," }
      }
    }
    return result + flowSpace(indent) + (isMapping ? "}" : "]")
  }

  private mutating func flowSpace(_ indent: Int) -> String {
    switch random.below(16) {
    case 0: "\n" + pad(indent + 1 + random.below(4))
    case 1: " \(comment())\n" + pad(indent + 2)
    case 2: "\n\n\(pad(indent + 1))\(comment())\n" + pad(indent + 1)
    case 3...9: " "
    default: ""
    }
  }

  /// A block collection whose entries stand at `indent`; ends with a line end.
  private mutating func block(indent: Int, depth: Int) {
    let isMapping = depth == 0 || chance(60)
    for position in 0...random.below(4) {
      if position > 0 { gap(indent) }
      text += pad(indent)
      entry(isMapping, indent: indent, depth: depth)
    }
  }

  private mutating func entry(_ isMapping: Bool, indent: Int, depth: Int) {
    text += isMapping ? key() + ":" : "-"
    let child = indent + 1 + random.below(4)
    switch random.below(depth < 4 ? 10 : 6) {
    case 0: text += tail() + "\n"
    case 1: text += " " + textBlock(indent: indent)
    case 2, 3: text += " " + flow(0, indent: indent) + tail() + "\n"
    case 4 where chance(30):
      text += tail() + "\n"
      gap(child)
      text += pad(child) + scalar(indent: child) + tail() + "\n"
    case 6...9:
      if !isMapping, chance(40) {
        let column = random.below(3) + 1
        text += pad(column)
        compact(indent: indent + 1 + column, depth: depth + 1)
        return
      }
      text += (chance(10) ? " &b\(next())" : "") + tail() + "\n"
      gap(child)
      if isMapping, chance(20) {
        items(indent: indent, depth: depth + 1)
      } else {
        block(indent: child, depth: depth + 1)
      }
    default: text += " " + scalar(indent: indent) + tail() + "\n"
    }
  }

  /// A list that stands at the column of its key.
  private mutating func items(indent: Int, depth: Int) {
    for position in 0...random.below(3) {
      if position > 0 { gap(indent) }
      text += pad(indent)
      entry(false, indent: indent, depth: depth)
    }
  }

  /// A collection that starts behind a dash.
  private mutating func compact(indent: Int, depth: Int) {
    let isMapping = chance(60)
    for position in 0...random.below(3) {
      if position > 0 {
        gap(indent)
        text += pad(indent)
      }
      entry(isMapping, indent: indent, depth: depth)
    }
  }
}
