import CanonicalJSON
import PlanModel
import TestSupport

extension PlanYAML {
  /// A plan as an impatient author might write it: any indentation, blocks and brackets as they come,
  /// comments and empty lines anywhere, either line end.
  static func wildText(_ plan: RotationPlan, seed: UInt64) -> String {
    var writer = WildWriter(random: SplitMix64(seed: seed))
    writer.write(document(plan), indent: 0)
    return writer.random.chance(25) ? writer.text.replacing("\n", with: "\r\n") : writer.text
  }
}

private struct WildWriter {
  var random: SplitMix64
  var text = ""
  private var notes = 0

  init(random: SplitMix64) {
    self.random = random
  }

  mutating func write(_ value: JSONValue, indent: Int) {
    let space = String(repeating: " ", count: indent)
    switch value {
    case .object(let members):
      for member in members {
        noise(indent)
        text += "\(space)\(key(member.name)):"
        below(member.value, indent: indent)
      }
    case .array(let elements):
      for element in elements {
        noise(indent)
        text += "\(space)-"
        below(element, indent: indent)
      }
    default: text += space + PlanYAML.inline(value) + "\n"
    }
  }

  private mutating func below(_ value: JSONValue, indent: Int) {
    let isEmpty = value.object?.isEmpty == true || value.array?.isEmpty == true
    let isCollection = value.object != nil || value.array != nil
    if isCollection, !isEmpty, !random.chance(25) {
      text += "\(tail())\n"
      write(value, indent: indent + 1 + random.below(5))
    } else {
      text += String(repeating: " ", count: 1 + random.below(3)) + PlanYAML.inline(value)
      text += "\(tail())\n"
    }
  }

  private mutating func key(_ name: String) -> String {
    random.chance(50) ? PlanYAML.quoted(name) : name
  }

  private mutating func note() -> String {
    notes += 1
    return "# note \(notes)"
  }

  private mutating func tail() -> String { random.chance(15) ? "   \(note())" : "" }

  private mutating func noise(_ indent: Int) {
    while random.chance(15) {
      text +=
        random.chance(50)
        ? "\n" : String(repeating: " ", count: random.below(indent + 4)) + note() + "\n"
    }
  }
}
