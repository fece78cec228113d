import Reports
import RotationEngine
import WorkingTree

/// The picture of a live view as a file.
enum SavedFrame {
  /// Keeps the overview in the working folder, and says where.
  static func save(_ model: LiveModel) -> String {
    let layout = TextLayout(width: 100, unicode: Environment.speaksUnicode)
    let lines = model.lastFrame(layout, height: 60)
    let time = model.now.description.prefix(19).replacing(":", with: "")
    let name = "\(model.run)-\(time).txt"
    do {
      try Environment.workingFolder().write(
        Printout(report: lines.joined(separator: "\n") + "\n").bytes, to: name)
      return "Kept as \(name)."
    } catch {
      return "It could not be kept: \(CommandError(error).message)"
    }
  }
}
