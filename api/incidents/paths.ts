/** Under the api's door for files. */
export const INCIDENT_FILES_PATH = '/files/incidents/';

export const attachmentPath = (id: string): string => `${INCIDENT_FILES_PATH}attachment/${encodeURIComponent(id)}`;
export const documentPath = (id: string): string => `${INCIDENT_FILES_PATH}document/${encodeURIComponent(id)}`;
/** Who has signed it, as a document of its own. */
export const signaturesPath = (id: string): string => `${documentPath(id)}/signatures`;
