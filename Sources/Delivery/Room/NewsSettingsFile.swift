import NotificationFiles
package import Notifications
package import PlanText
import PrivateFiles
import Redaction

/// `notify.yaml` of a state directory.
package struct NewsSettingsFile: Sendable {
  /// Its name in the directory.
  package static let name = "notify.yaml"

  /// The settings; nil where an error makes them unusable.
  package let settings: NewsSettings?

  /// What is wrong with them.
  package let diagnostics: [Diagnostic]

  /// The file, as it may be shown.
  package let sources: SourceMap

  /// Reads the file of a state directory. Nobody else may be able to write to it, since it names programs.
  ///
  /// - Returns: nil where there is none.
  /// - Throws: `PrivateFileTrouble`
  package init?(in directory: String) throws {
    let folder = try PrivateFolder(directory, for: .looking)
    guard let bytes = try folder.contents(of: Self.name, limit: 1 << 20) else { return nil }
    let source = SourceText(name: "\(directory)/\(Self.name)", bytes: bytes)
    var sources = SourceMap()
    let id = sources.add(ShownSource(source) { hiddenText(in: $0) })
    let reading = NewsSettingsReading(source, id: id)
    settings = reading.settings
    diagnostics = reading.diagnostics
    self.sources = sources
  }
}
