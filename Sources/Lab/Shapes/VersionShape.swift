import CanonicalJSON
import PlanModel

/// A version of SEPM with the numbers that its API shows (`docs/SEPM.md`, "Versions").
struct VersionShape {
  /// `14.3.9816.7000`
  let text: String
  let api: String
  let sequence: String

  /// What a server runs; RU7 where the plan does not say.
  init(_ version: ProductVersion?) {
    var numbers = version?.numbers ?? [14, 3, 9_816]
    let isOld = numbers.count > 1 && numbers[1] < 3
    // Release updates count in thousands in the last part.
    let build = numbers.count > 2 ? numbers[2] : 0
    let update = isOld ? 100 : build >= 25_000 ? 9_000 : build >= 11_000 ? 8_000 : 7_000
    if numbers.count == 3 { numbers.append(update) }
    text =
      numbers.prefix(2).map(String.init).joined(separator: ".")
      + numbers.dropFirst(2).enumerated().map { offset, number in
        let digits = String(number)
        let zeros = offset == 1 ? String(repeating: "0", count: max(4 - digits.count, 0)) : ""
        return "." + zeros + digits
      }.joined()
    api = isOld ? "1.0.0" : "14.3.\(update)"
    sequence = isOld ? "181118008" : update == 9_000 ? "240604011" : "230504014"
  }
}

extension JSONWriter {
  /// What `/version` answers.
  mutating func version(_ version: VersionShape) {
    object { writer in
      writer.member("API_SEQUENCE", version.sequence)
      writer.member("API_VERSION", version.api)
      writer.member("version", version.text)
    }
  }
}
