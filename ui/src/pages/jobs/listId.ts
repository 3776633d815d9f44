// The element that the status tabs control.
export const LIST_ID = 'jobs-list';
