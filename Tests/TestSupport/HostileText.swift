/// Texts that an attacker writes where a plan, a person or a file may hold any, and what they must never come to.
public enum HostileText {
  /// Stands behind whatever might end a line: a line that begins with it was forged.
  public static let mark = "FORGED-LINE"

  /// What moves a cursor, hides or reorders text, ends a line, or is a command to the runner of a job.
  private static let pieces =
    breaks.map { $0 + mark }
    + [
      "\u{1B}[8m", "\u{1B}[1;31m", "\u{1B}[2J\u{1B}[H", "\u{1B}]0;title\u{07}", "\u{1B}", "\u{07}",
      "\u{08}",
      "\u{9B}8m", "\u{90}q\u{9C}", "\0", "\u{7F}", "\t", "\u{202E}", "\u{2066}", "\u{2069}",
      "\u{200F}",
      "\u{061C}", "\u{200B}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{E0041}\u{E0042}",
      "\u{E0001}",
      "\u{FE0F}\u{FE0F}", "\u{E0100}", "\u{3164}", "\u{115F}", "\u{34F}", "\u{FFF9}", "a\u{200D}b",
      "\u{1F469}\u{200D}\u{202E}", "::error file=x::\(mark)", "\n::error file=x::\(mark)",
      " \u{3000}::warning::\(mark)", "##[error]x", "##vso[task.complete]x", "###[x",
      "\n##[group]\(mark)",
      "\n\(mark) nothing altered", "```\n\(mark)", "</td>\n\(mark)", "-->\n\(mark)",
      "| \n|\(mark)",
    ]

  private static let breaks = [
    "\n", "\r", "\r\n", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}",
  ]

  private static let words = [
    "no", "reason", "at all", "数据库", "é", "🚨", "#", ":", "'", "\"", "\\", "`",
  ]

  /// A text of a few pieces, the first of them hostile.
  public static func text(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 1...5, using: &random)).reduce(into: "") { text, index in
      let isHostile = index == 0 || random.chance(60)
      text += (isHostile ? pieces : words).randomElement(using: &random) ?? ""
      if random.chance(30) { text += " " }
    }
  }

  /// The text as YAML takes it in double quotes.
  public static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { result, scalar in
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    } + "\""
  }

  /// Looks for what is not what Waltz may print.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - commands: What a line may begin with although it is a command to a runner.
  /// - Returns: What was found; empty where all is well.
  public static func forgeries(in text: String, commands: [String] = []) -> [String] {
    var found: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0.isWhitespace }
      if words.hasPrefix(mark) { found.append("a line of its own: \(line)") }
      if words.hasPrefix("::"), !words.hasPrefix("::: "),
        !commands.contains(where: { line.hasPrefix($0) })
      {
        found.append("a command: \(line)")
      }
      if line.contains("##[") || line.contains("##vso[") { found.append("a command: \(line)") }
    }
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() where isUnseen(scalar) {
      // Digits and signs are emoji where they make a keycap, and nowhere else.
      let isKeycap = index + 1 < scalars.count && scalars[index + 1].value == 0x20E3
      let isAfterEmoji =
        index > 0 && scalars[index - 1].properties.isEmoji
        && (scalars[index - 1].value > 0xFF || isKeycap)
      let isBeforeEmoji = index + 1 < scalars.count && scalars[index + 1].properties.isEmoji
      switch scalar.value {
      case 0xFE0E where isAfterEmoji, 0xFE0F where isAfterEmoji: continue
      case 0x200D where isBeforeEmoji && index > 0 && !scalars[index - 1].isASCII: continue
      default: found.append("U+\(String(scalar.value, radix: 16, uppercase: true))")
      }
    }
    return found
  }

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\n"
    case .format, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
