/// A word of a printed command as a shell takes it for one: quoted where it holds anything of ASCII but plain
/// characters. Control characters are escaped, so that a name cannot begin a line of its own.
package func shellWord(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
    let plain = "%+,-./:@_".unicodeScalars
    let isPlain = text.unicodeScalars.allSatisfy {
      !$0.isASCII || $0.properties.isAlphabetic || $0.properties.numericType != nil
        || plain.contains($0)
    }
    return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
  var quoted = "$'"
  for scalar in text.unicodeScalars {
    switch scalar {
    case "'", "\\": quoted += "\\\(scalar)"
    case _ where scalar.properties.generalCategory == .control:
      for byte in String(scalar).utf8 {
        quoted += (byte < 0x10 ? "\\x0" : "\\x") + String(byte, radix: 16)
      }
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "'"
}
